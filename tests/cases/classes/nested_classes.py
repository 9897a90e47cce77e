# Classes in classes.
# python: >=3.11
class A:
    x = 1

    class B:
        y = 2

        class C:
            z = 3

            def f(self):
                return self.z


A.B.C().f()
