import type ts from "typescript";
import type { Compiler } from "./typescript";
import type { Variables } from "./variables";

/**
 * How compiled cells name the boxes of top-level variables (variables.ts): `cell$rate.value` stands for `rate`.
 * A cell begins by asking for the boxes that it uses: `const cell$rate = __tslab__.variables.box("rate");`.
 */

const PREFIX = /^cell\d*\$/;
const HOLDER = ["__tslab__", "variables"] as const;

/**
 * Replaces the names of boxes in `text`, such as an error message of V8, by the names that the user wrote:
 * "cell$rate.value" becomes "rate".
 */
export function readableNames(text: string): string {
  const name = String.raw`\bcell\d*\$([\p{ID_Continue}$]+)\.value`;
  return text.replace(
    new RegExp(String.raw`\(0 ?, ?${name}\)|${name}`, "gu"),
    (_, called?: string, plain?: string) => called ?? plain ?? "",
  );
}

/** Makes the nodes of one cell that read and write boxes. */
export class Boxes {
  private readonly used = new Map<string, ts.Identifier>();
  private readonly factory: ts.NodeFactory;
  private readonly prefix: string;

  /** `identifiers`: all identifiers of the cell, so that the boxes' names differ from them. */
  constructor(
    private readonly compiler: Compiler,
    identifiers: Iterable<string>,
  ) {
    this.factory = compiler.factory;
    this.prefix = freePrefix(identifiers);
  }

  /** `cell$rate.value` */
  value(name: string): ts.PropertyAccessExpression {
    return this.factory.createPropertyAccessExpression(this.box(name), "value");
  }

  /** `cell$rate.value = <value>` */
  assign(name: string, value: ts.Expression): ts.Expression {
    return this.factory.createAssignment(this.value(name), value);
  }

  /** `cell$rate.value = <value>;` */
  assignment(name: string, value: ts.Expression): ts.Statement {
    return this.factory.createExpressionStatement(this.assign(name, value));
  }

  /** The statement for a declaration without a value. */
  clearing(name: string): ts.Statement {
    return this.call("clear", this.box(name));
  }

  /** The statement that makes a `var` readable before its declaration. */
  hoisting(name: string): ts.Statement {
    return this.call("hoist", this.box(name));
  }

  /** The statement that makes the box follow an expression, such as an import whose value may change in its module. */
  following(name: string, expression: ts.Expression): ts.Statement {
    const read = this.factory.createArrowFunction(undefined, undefined, [], undefined, undefined, expression);
    return this.call("follow", this.box(name), read);
  }

  /** `__tslab__.variables.last = <value>;` */
  last(value: ts.Expression): ts.Statement {
    const { factory } = this;
    return factory.createExpressionStatement(
      factory.createAssignment(factory.createPropertyAccessExpression(this.holder(), "last"), value),
    );
  }

  /** The statements at the beginning of the cell, which get the boxes. */
  declarations(): ts.Statement[] {
    const { factory } = this;
    return [...this.used].map(([name, identifier]) => {
      const ask = factory.createCallExpression(
        factory.createPropertyAccessExpression(this.holder(), "box"),
        undefined,
        [factory.createStringLiteral(name)],
      );
      const declaration = factory.createVariableDeclaration(identifier, undefined, undefined, ask);
      return factory.createVariableStatement(
        undefined,
        factory.createVariableDeclarationList([declaration], this.compiler.NodeFlags.Const),
      );
    });
  }

  private box(name: string): ts.Identifier {
    let box = this.used.get(name);
    if (!box) this.used.set(name, (box = this.factory.createIdentifier(this.prefix + name)));
    return box;
  }

  private call(method: keyof Variables, ...passed: ts.Expression[]): ts.Statement {
    const { factory } = this;
    const callee = factory.createPropertyAccessExpression(this.holder(), method);
    return factory.createExpressionStatement(factory.createCallExpression(callee, undefined, passed));
  }

  private holder(): ts.Expression {
    return this.factory.createPropertyAccessExpression(this.factory.createIdentifier(HOLDER[0]), HOLDER[1]);
  }
}

// `cell$`, or `cell1$`, `cell2$` ... if the cell has identifiers that begin with it.
function freePrefix(identifiers: Iterable<string>): string {
  const taken = new Set([...identifiers].map((name) => PREFIX.exec(name)?.[0]));
  for (let prefix = "cell$", number = 1; ; prefix = `cell${number++}$`) if (!taken.has(prefix)) return prefix;
}
