package inject

import (
	"context"
	"encoding/json"
	"net/http"
	"strconv"
	"strings"

	"github.com/tenantry/tenantry/mock/internal/auth"
	"github.com/tenantry/tenantry/mock/internal/fault"
	"github.com/tenantry/tenantry/mock/internal/op"
	"github.com/tenantry/tenantry/mock/internal/valid"
	"github.com/tenantry/tenantry/mock/model"
)

// conflict answers in place of the operation, behind the gates: who may not make the request, or makes it wrongly, is
// told that first, as without the fault.
func conflict(ctx context.Context, c *call) error {
	mode := c.hit.Params.(*fault.Conflict).Mode
	if _, id := subject(c.ex); c.ex.Operation == nil || mode == fault.ConflictVanished && id == "" {
		return c.next(ctx, c.ex) // what names no object finds none gone
	}
	refuse := func(_ context.Context, ex *op.Exchange) error {
		refuseChange(ex, mode)
		return nil
	}
	if err := op.Chain(refuse, auth.Require, valid.Requests)(ctx, c.ex); err != nil {
		c.ex.Fail(err)
	}
	return nil
}

func refuseChange(ex *op.Exchange, mode string) {
	what, id := subject(ex)
	switch mode {
	case fault.ConflictVanished:
		ex.Fail(model.Missing(what, id))
	case fault.ConflictPrecondition:
		ex.FailWith(http.StatusPreconditionFailed, &model.Error{Info: "the " + what + " is not in the state that the request was made for"})
	default:
		sent := sentVersion(ex)
		ex.Fail(model.Stale(what, sent, sent+1))
	}
	ex.Inject()
}

// subject is the object that the path names last, such as the user of /users/{user_id}/password.
func subject(ex *op.Exchange) (what, id string) {
	what = "object"
	if ex.Operation == nil {
		return what, ""
	}
	open := strings.LastIndexByte(ex.Operation.Path, '{')
	if open < 0 {
		return what, ""
	}
	name, _, _ := strings.Cut(ex.Operation.Path[open+1:], "}")
	return strings.ReplaceAll(strings.TrimSuffix(name, "_id"), "_", " "), ex.Path[name]
}

// sentVersion is the version that the request was made for, 0 where it names none.
func sentVersion(ex *op.Exchange) int64 {
	if v, err := strconv.ParseInt(ex.Checked.Query.Get("version"), 10, 64); err == nil {
		return v
	}
	var body struct {
		Version int64 `json:"version"`
	}
	if json.Unmarshal(ex.Checked.Body, &body) != nil { // a form, or a list
		return 0
	}
	return body.Version
}
