// jsdom asks for the conditions of a browser; so does whoever tests a page. No transform: the package comes as it is.
module.exports = { transform: {} };
