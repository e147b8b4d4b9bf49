print("nctsbridge")
