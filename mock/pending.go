package mock

// pending names the operations that are not built yet; they answer 501. The list only ever gets shorter.
var pending = []string{}
