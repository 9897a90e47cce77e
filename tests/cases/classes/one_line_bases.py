# A class on one line with bases.
# python: >=3.11
class A(ValueError): code = 1  # branch: 4 taken, exit taken
class B(A): pass  # branch: 5 taken, exit taken
raised = B()
