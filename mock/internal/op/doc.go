// Package op turns declarations into served operations.
//
// An operation is declared once, by its operationId and a typed function; method, path, parameters, success
// status and security come from the OpenAPI document:
//
//	var Ops = []op.Op{
//		op.Read("getUser", get),
//		op.Write("createUser", create),
//	}
//
//	func create(ctx context.Context, tx *state.Tx, in createIn) (*userOut, error)
//
// A Read is handed a View, which has no setters; a Write runs inside one transaction. The input is a struct whose
// fields name where they come from:
//
//	type updateIn struct {
//		ID     model.UserID `path:"user_id"`
//		Strict bool         `query:"strict"`   // also header:"…" and form:"…"
//		Body   updateBody   // the JSON body; or Raw []byte for any other
//	}
//
// Functions see no status, no envelope and no server: they return a value or an error, and this package alone
// turns a model.Error into the API's envelope, or into the flat OAuth envelope where the document says so.
//
// Mount proves that operations and functions match, and lists every offence at once.
package op
