package mock

// pending names the operations that are not built yet; they answer 501. It is empty, and only a new reference fills it.
var pending = []string{}
