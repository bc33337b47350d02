import EnrollKit

func secondPage(of organization: String, with unifyia: Unifyia) throws -> Call<RawReply> {
    let path: RawPath = ["organizations", organization, "users"] // steps may hold any text: they are encoded
    return try unifyia.raw(.init(method: .get, path: path, query: ["page": "1", "sort": "name"]))
}
