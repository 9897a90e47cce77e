# exec, eval and compile with the name of a real file, and with names of none.
import ast

source = open("template.txt").read()
code = compile(source, "template.py", "exec")
with open("template.py", "w") as file:
    file.write(source)
import os

code = compile(source, os.path.abspath("template.py"), "exec")
first, second = {"n": 1}, {"n": 2}
exec(code, first)
exec(code, second)
print(first["result"], second["result"])
print(eval("(1 +\n 2)"), eval(compile("3 * 4", "<mine>", "eval")))
exec("def inside():\n    return 'inside'\n")
print(inside())
tree = ast.parse("x = 1\nif x:\n    y = 2\n")
exec(compile(tree, "no_such_file.py", "exec"))
print(y)
for wrong in ("1 +", "return 5"):
    try:
        compile(wrong, "template.py", "exec")
        print("never")  # not run
    except SyntaxError as problem:
        print(problem.msg, problem.lineno)
