import EnrollKit
print(checkUser(json: "{}").count)
