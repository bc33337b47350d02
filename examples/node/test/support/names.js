// Makes other names of this machine's, as a network of containers has them.

import dns from "node:dns";

const { lookup } = dns;
dns.lookup = (name, ...rest) => lookup(["sandbox", "id_gateway"].includes(name) ? "127.0.0.1" : name, ...rest);
