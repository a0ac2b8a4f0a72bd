package editions

import "github.com/tenantry/tenantry/mock/internal/op"

// Ops are the operations on editions.
var Ops = []op.Op{
	op.Read("checkEdition", check),
	op.Write("switchEdition", switchTo),
}
