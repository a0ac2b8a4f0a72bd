package control

// DocumentJSONParsed is what package openapi reads of the document.
func DocumentJSONParsed() string { return documentParsed }
