# match, case and type are ordinary names elsewhere.
# python: >=3.11
match = {"case": 1}
case = match["case"]
type = case
if match and case:  # branch: 7 taken, exit missed
    print(end="")
