"""Jupyter's public conformance suite on the kernel named by KERNEL_NAME, and tests of what it leaves out.

Run by unittest: pytest reports a test whose subtests failed as passed.
"""

import os
import unittest

import jupyter_kernel_test

ERROR = 'throw new RangeError("boom");'


class Conformance(jupyter_kernel_test.KernelTests):
    kernel_name = os.environ["KERNEL_NAME"]
    language_name = "typescript"
    file_extension = ".ts"
    code_hello_world = 'console.log("hello, world");'
    code_stderr = 'console.error("to stderr");'
    completion_samples = [
        {"text": "Math.hyp", "matches": {"hypot"}},
        {"text": "[1].fla", "matches": {"flat", "flatMap"}},
    ]
    complete_code_samples = ["1 + 1", 'console.log("x");', "function f() {\n  return 1;\n}", "x = 'long'"]
    incomplete_code_samples = ["function f() {", "if (true) {", "[1, 2,", "f("]
    invalid_code_samples = ["}", "let x = 3 3", "f(]"]
    code_clear_output = "console.clear();"
    code_generate_error = ERROR
    code_execute_result = [
        {"code": "6 * 7", "result": "42"},
        {"code": '"text"', "result": "'text'"},
        {"code": "[1, 2].map((x) => 2 * x)", "result": "[ 2, 4 ]"},
    ]
    code_display_data = [
        {"code": 'import { display } from "tslab"; display.html("<b>bold</b>");', "mime": "text/html"},
        {"code": 'import { display } from "tslab"; display.text("plain");', "mime": "text/plain"},
    ]
    code_history_pattern = "6 ? 7"
    supported_history_operations = ("tail", "range", "search")
    code_inspect_sample = "Math.sqrt"
    # Left out: the pager, which neither kernel has.

    def test_type_error(self):
        self.flush_channels()
        reply, outputs = self.execute_helper('const wrong: number = "text";')
        self.assertEqual(reply["content"]["status"], "error")
        self.assertEqual([message["msg_type"] for message in outputs], ["error"])
        self.assertIn("not assignable", reply["content"]["evalue"])
        self.assertEqual(outputs[0]["content"]["ename"], reply["content"]["ename"])

    def test_error_fields(self):
        self.flush_channels()
        reply, outputs = self.execute_helper(ERROR)
        for content in (reply["content"], outputs[0]["content"]):
            self.assertEqual((content["ename"], content["evalue"]), ("RangeError", "boom"))
            self.assertTrue(any("1:7" in line for line in content["traceback"]), content["traceback"])

    def test_execution_counts(self):
        self.flush_channels()
        first, _ = self.execute_helper("1")
        second, _ = self.execute_helper("2")
        self.assertEqual(second["content"]["execution_count"], first["content"]["execution_count"] + 1)

    def test_silent_execution(self):
        self.flush_channels()
        before, _ = self.execute_helper("0")
        identifier = self.kc.execute('"quiet"', silent=True)
        reply = self.get_non_kernel_info_reply(timeout=15)
        self.assertEqual(reply["content"]["status"], "ok")
        seen = []
        while True:
            message = self.kc.get_iopub_msg(timeout=15)
            if message["parent_header"].get("msg_id") != identifier:
                continue
            seen.append(message["content"].get("execution_state", message["msg_type"]))
            if seen[-1] == "idle":
                break
        self.assertEqual(seen, ["busy", "idle"])
        after, _ = self.execute_helper("0")
        self.assertEqual(after["content"]["execution_count"], before["content"]["execution_count"] + 1)

    def test_comm_info(self):
        self.flush_channels()
        self.kc.comm_info()
        reply = self.get_non_kernel_info_reply(timeout=15)
        self.assertEqual(reply["msg_type"], "comm_info_reply")
        self.assertEqual(reply["content"], {"status": "ok", "comms": {}})

    def test_comm_open_without_target(self):
        self.flush_channels()
        content = {"comm_id": "c1", "target_name": "nobody", "data": {}}
        self.kc.shell_channel.send(self.kc.session.msg("comm_open", content))
        while True:
            message = self.kc.get_iopub_msg(timeout=15)
            if message["msg_type"] == "comm_close":
                break
        self.assertEqual(message["content"]["comm_id"], "c1")

    def test_input_is_published(self):
        self.flush_channels()
        identifier = self.kc.execute("1 + 2")
        while True:
            message = self.kc.get_iopub_msg(timeout=15)
            if message["msg_type"] == "execute_input":
                break
        self.assertEqual(message["parent_header"]["msg_id"], identifier)
        self.assertEqual(message["content"]["code"], "1 + 2")
        self.assertIsInstance(message["content"]["execution_count"], int)

    def test_queue_is_aborted_after_an_error(self):
        self.flush_channels()
        identifiers = [self.kc.execute(code) for code in (ERROR, "1", "2")]
        replies = {}
        while len(replies) < 3:
            reply = self.get_non_kernel_info_reply(timeout=15)
            replies[reply["parent_header"]["msg_id"]] = reply["content"]["status"]
        self.assertEqual([replies[identifier] for identifier in identifiers], ["error", "aborted", "aborted"])
        self.flush_channels()
        reply, _ = self.execute_helper("3")
        self.assertEqual(reply["content"]["status"], "ok")


if __name__ == "__main__":
    unittest.main(verbosity=2)
