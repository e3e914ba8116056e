import type ts from "typescript";
import type { Compiler } from "./typescript";

/**
 * How compiled cells name the boxes of top-level variables (variables.ts): `cell$rate.value` stands for `rate`.
 * A cell begins by asking for the boxes that it uses: `const cell$rate = __tslab__.variables.box("rate");`.
 */

const PREFIX = "cell$";
const HOLDER = ["__tslab__", "variables"] as const;

/** `text`, such as V8's message of an error, with the names that the reader wrote: "rate" for "cell$rate.value". */
export function readableNames(text: string): string {
  const name = String.raw`cell\$([\p{ID_Continue}$]+)\.value`;
  return text.replace(new RegExp(String.raw`\(0 ?, ?${name}\)|${name}`, "gu"), (_, called?: string, plain?: string) => called ?? plain ?? "");
}

/** Makes the nodes of one cell that read and write boxes. */
export class Boxes {
  private readonly used = new Map<string, ts.Identifier>();
  private readonly factory: ts.NodeFactory;

  constructor(private readonly compiler: Compiler) {
    this.factory = compiler.factory;
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

  /** The statement of a declaration without a value. A box that has none yet is left so: see variables.ts. */
  clearing(name: string): ts.Statement {
    const { factory } = this;
    const isSet = factory.createBinaryExpression(factory.createStringLiteral("value"), this.compiler.SyntaxKind.InKeyword, this.box(name));
    return factory.createIfStatement(isSet, this.assignment(name, factory.createVoidZero()));
  }

  /** Makes the value follow an expression, such as the live import of a module whose exports change. */
  following(name: string, expression: ts.Expression): ts.Statement {
    const { factory } = this;
    const read = factory.createArrowFunction(undefined, undefined, [], undefined, undefined, expression);
    const follow = factory.createPropertyAccessExpression(this.holder(), "follow");
    return factory.createExpressionStatement(factory.createCallExpression(follow, undefined, [this.box(name), read]));
  }

  /** `__tslab__.variables.last = <value>;` */
  last(value: ts.Expression): ts.Statement {
    const { factory } = this;
    return factory.createExpressionStatement(factory.createAssignment(factory.createPropertyAccessExpression(this.holder(), "last"), value));
  }

  /** The statements that a cell begins with. */
  declarations(): ts.Statement[] {
    const { factory } = this;
    return [...this.used].map(([name, identifier]) => {
      const ask = factory.createCallExpression(factory.createPropertyAccessExpression(this.holder(), "box"), undefined, [factory.createStringLiteral(name)]);
      const declaration = factory.createVariableDeclaration(identifier, undefined, undefined, ask);
      return factory.createVariableStatement(undefined, factory.createVariableDeclarationList([declaration], this.compiler.NodeFlags.Const));
    });
  }

  private box(name: string): ts.Identifier {
    let box = this.used.get(name);
    if (!box) this.used.set(name, (box = this.factory.createIdentifier(PREFIX + name)));
    return box;
  }

  private holder(): ts.Expression {
    return this.factory.createPropertyAccessExpression(this.factory.createIdentifier(HOLDER[0]), HOLDER[1]);
  }
}
