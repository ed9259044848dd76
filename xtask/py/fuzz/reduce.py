"""The smallest program that still differs: statements and operands are left out for as long as it does (delta debugging, Zeller 1999)."""

import ast
import copy


def smaller(tree):
    """Programs with one thing less."""
    spots = [(node, field) for node in ast.walk(tree) for field in ("body", "orelse") if isinstance(getattr(node, field, None), list)]
    for number, (node, field) in enumerate(spots):
        for k in range(len(getattr(node, field))):
            for form in ("drop", "inside"):
                copied = copy.deepcopy(tree)
                again = [(n, f) for n in ast.walk(copied) for f in ("body", "orelse") if isinstance(getattr(n, f, None), list)]
                target, _ = again[number]
                block = getattr(target, field)
                inside = [*getattr(block[k], "body", []), *getattr(block[k], "orelse", [])]
                if form == "inside" and (not inside or isinstance(block[k], ast.FunctionDef)):
                    continue
                block[k : k + 1] = inside if form == "inside" else []
                if not block and field == "body" and not isinstance(target, ast.Module):
                    block.append(ast.Pass())
                yield copied
    count = sum(isinstance(node, ast.expr) for node in ast.walk(tree))
    for number in range(count):
        for choice in range(3):
            copied = copy.deepcopy(tree)
            replaced = replace(copied, number, choice)
            if replaced is not None:
                yield replaced


def replace(tree, number, choice):
    """The expression of a number replaced by one of its operands."""

    class Replace(ast.NodeTransformer):
        at = -1
        done = False

        def generic_visit(self, node):
            if isinstance(node, ast.expr):
                self.at += 1
                if self.at == number:
                    operands = [c for c in ast.iter_child_nodes(node) if isinstance(c, ast.expr) and not isinstance(c, (ast.Slice, ast.Starred))]
                    loads = not isinstance(getattr(node, "ctx", None), ast.Store)
                    if choice < len(operands) and loads:
                        self.done = True
                        return operands[choice]
                    return node
            return super().generic_visit(node)

    visitor = Replace()
    out = visitor.visit(tree)
    return out if visitor.done else None


def reduce(source, differs, most=600):
    """The smallest source that is found for which `differs` holds."""
    tries = 0
    found = True
    while found and tries < most:
        found = False
        for candidate in smaller(ast.parse(source)):
            tries += 1
            if tries > most:
                break
            try:
                text = ast.unparse(ast.fix_missing_locations(candidate)) + "\n"
            except (ValueError, AttributeError):
                continue
            if len(text) < len(source) and differs(text):
                source, found = text, True
                break
    return source
