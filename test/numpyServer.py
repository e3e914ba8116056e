"""Answers requests on stdin, one JSON object a line, until stdin ends: what numpy.ts talks to."""
import ast
import base64
import json
import sys
import warnings

import numpy as np

warnings.simplefilter("ignore")
# dlfs's int32 stands for NumPy's default integer
DTYPES = {"float64": np.float64, "float32": np.float32, "int32": np.int64, "bool": np.bool_}


def decode(value):
    if isinstance(value, list):
        return [decode(item) for item in value]
    if not isinstance(value, dict):
        return value
    if "tuple" in value:
        return tuple(decode(item) for item in value["tuple"])
    if "dict" in value:
        return {key: decode(item) for key, item in value["dict"]}
    if "float" in value:
        return float(value["float"])
    flat = np.frombuffer(base64.b64decode(value["bytes"]), dtype="<f8").astype(DTYPES[value["dtype"]])
    size = flat.itemsize
    strides = [step * size for step in value["strides"]]
    return np.ndarray(value["shape"], flat.dtype, flat, value["offset"] * size, strides)


def encode(value):
    if isinstance(value, (np.ndarray, np.generic)):
        flat = np.ascontiguousarray(value, dtype="<f8")
        return {"dtype": str(value.dtype), "shape": list(value.shape), "bytes": base64.b64encode(flat.tobytes()).decode()}
    if isinstance(value, float):
        return {"float": repr(value)}
    if isinstance(value, (list, tuple)):
        return [encode(item) for item in value]
    return value


def answer(names, code, inputs):
    """Runs the code; its value is that of its last expression."""
    names.update({name: decode(value) for name, value in inputs.items()})
    tree = ast.parse(code)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "<request>", "exec"), names)
    return None if last is None else encode(eval(compile(ast.Expression(last.value), "<request>", "eval"), names))


names = {"np": np}
np.seterr(all="ignore")
for line in sys.stdin:
    request = json.loads(line)
    try:
        reply = {"value": answer(names, request["code"], request["inputs"])}
    except Exception as error:
        reply = {"error": f"{type(error).__name__}: {error}"}
    sys.stdout.write(json.dumps(reply) + "\n")
    sys.stdout.flush()
