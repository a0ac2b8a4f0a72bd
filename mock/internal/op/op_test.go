package op_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/mock/internal/det"
	"github.com/tenantry/tenantry/mock/internal/op"
	"github.com/tenantry/tenantry/mock/internal/sandbox"
	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/model"
	"github.com/tenantry/tenantry/openapi"
)

// small is a document with one operation of each sort.
const small = `{
  "openapi": "3.0.3", "info": {"title": "t", "version": "1"}, "servers": [{"url": "/api"}],
  "components": {"schemas": {
    "Error": {"type": "object"},
    "OAuthError": {"type": "object"}
  }},
  "paths": {
    "/things/{thing_id}": {
      "get": {"operationId": "getThing", "security": [],
        "parameters": [
          {"name": "thing_id", "in": "path", "required": true, "schema": {"type": "string"}},
          {"name": "lod", "in": "query", "schema": {"type": "string", "default": "full"}},
          {"name": "limit", "in": "query", "schema": {"type": "integer"}},
          {"name": "deep", "in": "query", "schema": {"type": "boolean"}},
          {"name": "ids", "in": "query", "schema": {"type": "string"}}],
        "responses": {"200": {"description": "ok", "content": {"application/json": {"schema": {"type": "object"}}}},
          "default": {"description": "no", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}}}}
    },
    "/things": {
      "post": {"operationId": "createThing", "security": [],
        "requestBody": {"content": {"application/json": {"schema": {"type": "object", "properties": {"name": {"type": "string"}, "old": {"type": "string"}}}}}},
        "responses": {"201": {"description": "ok", "content": {"application/json": {"schema": {"type": "object"}}}},
          "default": {"description": "no", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/OAuthError"}}}}}}
    }
  }
}`

type getIn struct {
	ID    model.TenantID `path:"thing_id"`
	LOD   string         `query:"lod"`
	Limit *int64         `query:"limit"`
	Deep  bool           `query:"deep"`
	IDs   op.List        `query:"ids"`
}

type createIn struct {
	Body struct {
		Name string `json:"name"`
	}
}

func echoGet(_ context.Context, _ *state.View, in getIn) (map[string]any, error) {
	return map[string]any{"id": in.ID, "lod": in.LOD, "limit": in.Limit, "deep": in.Deep, "ids": in.IDs}, nil
}

func create(_ context.Context, _ *state.Tx, in createIn) (map[string]any, error) {
	return map[string]any{"name": in.Body.Name}, nil
}

func document(t testing.TB) *openapi.Document {
	t.Helper()
	doc, err := openapi.Parse([]byte(small))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func TestMountListsEveryOffence(t *testing.T) {
	t.Parallel()
	type odd struct {
		Nothing string
	}
	type wrong struct {
		X    string `query:"x"`
		Body struct {
			Name string `json:"name"`
			Y    string `json:"y"`
		}
	}
	ops := []op.Op{
		op.Read("getThing", func(context.Context, *state.View, odd) (op.None, error) { return op.None{}, nil }),
		op.Write("createThing", func(context.Context, *state.Tx, wrong) (op.None, error) { return op.None{}, nil }),
		op.Read("noThing", func(context.Context, *state.View, struct{}) (op.None, error) { return op.None{}, nil }),
		op.Write("createThing", create),
	}
	_, err := op.Mount(document(t), ops, []string{"gone"})
	if err == nil {
		t.Fatal("nothing is found wrong")
	}
	for _, want := range []string{
		"getThing: its input field op_test.odd.Nothing says not where it comes from",
		`createThing: takes query parameter "x", which the document lacks`,
		`createThing: takes body member "y", which the document lacks`,
		`createThing: does not take body member or parameter "old" and does not say why (op.Ignores)`,
		"noThing: has a function, but the document lacks it",
		"createThing: has two functions",
		"gone: is pending, but the document lacks it",
		"getThing: has no function",
	} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("the list lacks %q:\n%v", want, err)
		}
	}
}

// mounted are the handlers of the small document.
func mounted(t testing.TB, ops ...op.Op) map[string]op.Handler {
	t.Helper()
	if len(ops) == 0 {
		ops = []op.Op{op.Read("getThing", echoGet), op.Write("createThing", create, op.Ignores("old", "nobody knows it"))}
	}
	handlers, err := op.Mount(document(t), ops, nil)
	if err != nil {
		t.Fatal(err)
	}
	return handlers
}

// exchange is a request to one operation after the checks.
func exchange(t testing.TB, id string, path map[string]string, query url.Values, body string) *op.Exchange {
	t.Helper()
	o, _ := document(t).Operation(id)
	w, err := state.NewMemory(state.Config{
		ID: "w", Clock: det.NewVirtual(func() time.Time { return time.Unix(0, 0) }), Source: det.NewSource(1, "w"),
	}, func(*state.Tx) error { return nil })
	if err != nil {
		t.Fatal(err)
	}
	ex := &op.Exchange{
		Operation: o, World: &sandbox.World{ID: "w", State: w}, Path: path,
		Request: httptest.NewRequest(o.Method, "/", nil), Body: []byte(body),
	}
	ex.Checked = o.CheckRequest(&openapi.Request{Query: query, Header: http.Header{}, Body: ex.Body}, openapi.Enforce)
	return ex
}

const someID = "a0000000-0000-4000-8000-000000000001"

func TestAnInputIsFilledFromTheRequest(t *testing.T) {
	t.Parallel()
	ex := exchange(t, "getThing", map[string]string{"thing_id": someID}, url.Values{"limit": {"5"}, "deep": {"1"}, "ids": {"a,b"}}, "")
	if err := mounted(t)["getThing"](t.Context(), ex); err != nil {
		t.Fatal(err)
	}
	want := `{"deep":true,"id":"` + someID + `","ids":["a","b"],"limit":5,"lod":"full"}`
	if got := string(ex.Reply.Body); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if ex.Reply.Status != http.StatusOK {
		t.Errorf("status %d, want the document's 200", ex.Reply.Status)
	}
}

func TestAMalformedIDInAPathNamesNothing(t *testing.T) {
	t.Parallel()
	for _, id := range []string{"x", strings.ToUpper(someID), someID + "0", ""} {
		ex := exchange(t, "getThing", map[string]string{"thing_id": id}, nil, "")
		err := mounted(t)["getThing"](t.Context(), ex)
		refusal := &model.Error{}
		if !errors.As(err, &refusal) || refusal.Kind != model.NotFound {
			t.Errorf("id %q: got %v, want NotFound", id, err)
		}
	}
}

func TestRefusalsBecomeEnvelopes(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		operation string
		err       error
		status    int
		body      string
	}{
		"a refusal without a code has the status as its code": {
			"getThing", model.Errorf(model.NotFound, "x", "no %d", 1), 404,
			`{"error":{"code":404,"message":"no 1","details":{"info":"no 1","addition":[]},"context":{},"domain":"PlatformAccountServer"}}`,
		},
		"a platform code stands in its place": {
			"getThing", model.Refuse(model.Conflict, 1001, "x", "old"), 409,
			`{"error":{"code":1001,"message":"old","details":{"info":"old","addition":[]},"context":{},"domain":"PlatformAccountServer"}}`,
		},
		"context and addition are carried": {
			"getThing", &model.Error{Kind: model.Invalid, Message: "m", Info: "i", Context: map[string]any{"id": "1"}, Addition: []map[string]any{{}}}, 400,
			`{"error":{"code":400,"message":"m","details":{"info":"i","addition":[{}]},"context":{"id":"1"},"domain":"PlatformAccountServer"}}`,
		},
		"info may be blank or null": {
			"getThing", &model.Error{Kind: model.Invalid, Message: "m", Info: model.Blank}, 400,
			`{"error":{"code":400,"message":"m","details":{"info":"","addition":[]},"context":{},"domain":"PlatformAccountServer"}}`,
		},
		"a breakage says nothing of its inside": {
			"getThing", errors.New("secret"), 500,
			`{"error":{"code":1000,"message":"An error has occurred.","details":{"info":"An error has occurred.","addition":[]},"context":{},"domain":"PlatformAccountServer"}}`,
		},
		"an OAuth operation answers flat": {
			"createThing", model.Errorf(model.Unauthenticated, "invalid_grant", "wrong <password>"), 401,
			`{"domain":"Access","reason":"InvalidGrant","error":"invalid_grant","error_description":"wrong <password>"}`,
		},
		"and finds a code where the refusal has none of OAuth's": {
			"createThing", model.Errorf(model.Invalid, "other", "m"), 400,
			`{"domain":"Access","reason":"InvalidRequest","error":"invalid_request","error_description":"m"}`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ex := exchange(t, tt.operation, nil, nil, "")
			ex.Fail(tt.err)
			if ex.Reply.Status != tt.status || string(ex.Reply.Body) != tt.body {
				t.Errorf("got  %d %s\nwant %d %s", ex.Reply.Status, ex.Reply.Body, tt.status, tt.body)
			}
		})
	}
}

func TestAKeptRefusalLeavesItsChanges(t *testing.T) {
	t.Parallel()
	refusal := model.Errorf(model.Invalid, "x", "no")
	write := func(err error) op.Op {
		return op.Write("createThing", func(_ context.Context, tx *state.Tx, _ createIn) (op.None, error) {
			tx.SetSettings(model.Settings{"lockout": "on"})
			return op.None{}, err
		}, op.Ignores("old", "nobody knows it"))
	}
	for name, tt := range map[string]struct {
		err  error
		want bool
	}{
		"a plain refusal undoes them": {refusal, false},
		"a kept one does not":         {op.Kept{Err: refusal}, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ex := exchange(t, "createThing", nil, nil, "{}")
			err := mounted(t, write(tt.err), op.Read("getThing", echoGet))["createThing"](t.Context(), ex)
			if !errors.Is(err, refusal) {
				t.Errorf("got %v, want the refusal", err)
			}
			if got := ex.World.State.View(t.Context()).Settings().Is("lockout", "on"); got != tt.want {
				t.Errorf("the change stands: %v, want %v", got, tt.want)
			}
		})
	}
}

func TestEncodeIsOneLineWithoutEscapes(t *testing.T) {
	t.Parallel()
	got, err := op.Encode(map[string]string{"a": "<b> & c"})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(`{"a":"<b> & c"}`, string(got)); diff != "" {
		t.Errorf("Encode (-want +got):\n%s", diff)
	}
}

// Binding whatever passed the check never panics, and refuses or fills.
func FuzzBind(f *testing.F) {
	f.Add(someID, "5", "true", "a,b", `{"name":"x"}`)
	f.Add("", "-1", "maybe", ",", `{"name":1,"name":"y"}`)
	handlers := mounted(f)
	f.Fuzz(func(t *testing.T, id, limit, deep, ids, body string) {
		get := exchange(t, "getThing", map[string]string{"thing_id": id}, url.Values{"limit": {limit}, "deep": {deep}, "ids": {ids}}, "")
		if err := handlers["getThing"](t.Context(), get); err == nil && !model.IsUUID(id) {
			t.Errorf("the id %q is taken", id)
		}
		post := exchange(t, "createThing", nil, nil, body)
		if _, bad := post.Checked.Violation(); bad {
			return
		}
		if err := handlers["createThing"](t.Context(), post); err != nil {
			t.Errorf("a body that passed the check is refused: %v", err)
		}
	})
}
