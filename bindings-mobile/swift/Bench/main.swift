import EnrollKit
print(try checkUser(json: "{}").count)
