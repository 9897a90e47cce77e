import beside

if beside.value() == 1:
    print("never")  # not run
raise SystemExit(beside.value())
