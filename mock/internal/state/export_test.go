package state

import "reflect"

// ReadPlanned reads a stored row of the type that like points to. It is false where the plan leaves the row to
// encoding/json.
func ReadPlanned(value []byte, like any) (row any, ok bool) {
	t := reflect.TypeOf(like).Elem()
	v := reflect.New(t)
	return v.Interface(), planOf(t).read(value, v.Elem())
}
