# Expressions that nobody uses are statements.
# python: >=3.11
x = 1
x
x, x
x + 1
[x]
"text"
1
None
