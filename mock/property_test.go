package mock_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/tenantry/tenantry/mock"
)

// seenObject is what the machine remembers of a tenant or user between two steps.
type seenObject struct {
	version int64
	kind    string // of a tenant; "user" for a user
}

// life drives one server with random operations and checks what must hold after each.
type life struct {
	srv     *mock.Server
	tenants []string
	users   []string
	seen    map[string]seenObject
	n       int
}

const acme = "a0000000-0000-4000-8000-000000000001"

// Random sequences of operations keep the tree a tree, let no child have what its parent lacks, raise versions, keep kinds
// but for partner and folder, and hide what is deleted.
func TestRandomLives(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		srv, err := mock.New(background(), mock.Config{CheckResponses: true})
		if err != nil {
			t.Fatal(err)
		}
		l := &life{srv: srv, tenants: []string{acme}, seen: map[string]seenObject{}}
		t.Repeat(map[string]func(*rapid.T){
			"create":  l.create,
			"change":  l.change,
			"move":    l.move,
			"delete":  l.remove,
			"restore": l.restore,
			"license": l.license,
			"user":    l.user,
			"":        func(t *rapid.T) { l.check(t, "") },
		})
		l.check(t, "&expand_offering_items=true") // once: it is by far the largest answer
	})
}

// send makes a request; a 500 is never right.
func (l *life) send(t *rapid.T, method, path, body string) *httptest.ResponseRecorder {
	req := httptest.NewRequest(method, "/api/2"+path, strings.NewReader(body))
	req.SetBasicAuth("c11e0000-0000-4000-8000-000000000002", "5ec2e85ec2e85ec2e85ec2e85ec2e85e")
	if body != "" {
		req.Header.Set("Content-Type", "application/json")
	}
	w := httptest.NewRecorder()
	l.srv.ServeHTTP(w, req)
	if w.Code >= http.StatusInternalServerError {
		t.Fatalf("%s %s %s: %d: %s", method, path, body, w.Code, w.Body)
	}
	return w
}

// made is the id of what a request created; "" if it was refused.
func (l *life) made(t *rapid.T, path, body string) string {
	w := l.send(t, "POST", path, body)
	var answer struct {
		ID string `json:"id"`
	}
	if w.Code >= http.StatusBadRequest {
		return ""
	}
	if err := json.Unmarshal(w.Body.Bytes(), &answer); err != nil {
		t.Fatal(err)
	}
	return answer.ID
}

func (l *life) tenant(t *rapid.T) string { return rapid.SampledFrom(l.tenants).Draw(t, "tenant") }

func (l *life) create(t *rapid.T) {
	l.n++
	kind := rapid.SampledFrom([]string{"partner", "folder", "customer", "unit"}).Draw(t, "kind")
	if id := l.made(t, "/tenants", fmt.Sprintf(`{"name":"T%d","parent_id":%q,"kind":%q}`, l.n%7, l.tenant(t), kind)); id != "" {
		l.tenants = append(l.tenants, id)
	}
}

func (l *life) change(t *rapid.T) {
	l.put(t, fmt.Sprintf(`"enabled":%v`, rapid.Bool().Draw(t, "enabled")))
}

func (l *life) move(t *rapid.T) {
	l.put(t, fmt.Sprintf(`"parent_id":%q`, l.tenant(t)))
}

// put changes a tenant other than the one that all hang under.
func (l *life) put(t *rapid.T, members string) {
	id := l.tenant(t)
	if id == acme {
		return
	}
	l.send(t, "PUT", "/tenants/"+id, fmt.Sprintf(`{"version":%d,%s}`, l.seen[id].version, members))
}

func (l *life) remove(t *rapid.T) {
	if id := l.tenant(t); id != acme {
		l.send(t, "PUT", "/tenants/"+id, fmt.Sprintf(`{"version":%d,"enabled":false}`, l.seen[id].version))
		l.send(t, "DELETE", fmt.Sprintf("/tenants/%s?version=%d", id, l.seen[id].version+1), "")
	}
}

func (l *life) restore(t *rapid.T) {
	l.send(t, "POST", fmt.Sprintf("/tenants/%s/restore?force=%v", l.tenant(t), rapid.Bool().Draw(t, "force")), "")
}

func (l *life) license(t *rapid.T) {
	names := []string{"workstations", "vms", "servers"}
	l.send(t, "PUT", "/tenants/"+l.tenant(t)+"/offering_items", fmt.Sprintf(
		`{"offering_items":[{"application_id":"6e6d758d-8e74-3ae3-ac84-50eb0dff12eb","name":%q,"status":%d}]}`,
		rapid.SampledFrom(names).Draw(t, "item"), rapid.IntRange(0, 1).Draw(t, "status")))
}

func (l *life) user(t *rapid.T) {
	if len(l.users) > 0 && rapid.Bool().Draw(t, "old") {
		id := rapid.SampledFrom(l.users).Draw(t, "user")
		if rapid.Bool().Draw(t, "delete") {
			l.send(t, "DELETE", fmt.Sprintf("/users/%s?version=%d", id, l.seen[id].version), "")
			return
		}
		l.send(t, "POST", "/users/"+id+"/restore?force=true", "")
		return
	}
	l.n++
	body := fmt.Sprintf(`{"tenant_id":%q,"login":"life%d","contact":{"email":"life@example.com"}}`, l.tenant(t), l.n%5)
	if id := l.made(t, "/users", body); id != "" {
		l.users = append(l.users, id)
	}
}

// A listed object, tenant or user.
type listed struct {
	ID      string  `json:"id"`
	Parent  string  `json:"parent_id"`
	Kind    string  `json:"kind"`
	Version int64   `json:"version"`
	Deleted *string `json:"deleted_at"`
	Items   []struct {
		App    string `json:"application_id"`
		Name   string `json:"name"`
		Infra  string `json:"infra_id"`
		Status int    `json:"status"`
	} `json:"offering_items"`
}

// check looks at every object below Acme, deleted ones too, with more parameters of the list of tenants.
func (l *life) check(t *rapid.T, more string) {
	tenants := l.list(t, "/tenants?lod=basic&subtree_root_id="+acme+more)
	users := l.list(t, "/users?lod=basic&subtree_root_tenant_id="+acme)
	for id, u := range users {
		l.same(t, id, u, "user")
	}
	for id, row := range tenants {
		l.same(t, id, row, row.Kind)
		if id != acme {
			checkPlace(t, row, tenants)
		}
	}
}

// list is every object by its id. Those that are there without allow_deleted must be just those that are not deleted.
func (l *life) list(t *rapid.T, path string) map[string]listed {
	all, live := l.page(t, path+"&allow_deleted=true"), l.page(t, path)
	for id, row := range all {
		if _, shown := live[id]; shown != (row.Deleted == nil) {
			t.Fatalf("%s has deleted_at %v, and without allow_deleted it is listed: %v", id, row.Deleted, shown)
		}
	}
	if len(live) > len(all) {
		t.Fatalf("allow_deleted hides something: %d objects with it, %d without", len(all), len(live))
	}
	return all
}

func (l *life) page(t *rapid.T, path string) map[string]listed {
	var list struct {
		Items []listed `json:"items"`
	}
	if err := json.Unmarshal(l.send(t, "GET", path, "").Body.Bytes(), &list); err != nil {
		t.Fatal(err)
	}
	rows := map[string]listed{}
	for _, row := range list.Items {
		rows[row.ID] = row
	}
	return rows
}

func (l *life) same(t *rapid.T, id string, row listed, kind string) {
	was := l.seen[id]
	if row.Version < was.version {
		t.Fatalf("%s went from version %d back to %d", id, was.version, row.Version)
	}
	if was.kind != "" && was.kind != kind && (!interchangeable(was.kind) || !interchangeable(kind)) {
		t.Fatalf("%s turned from %s into %s", id, was.kind, kind)
	}
	l.seen[id] = seenObject{row.Version, kind}
}

func interchangeable(kind string) bool { return kind == "partner" || kind == "folder" }

// checkPlace follows the way up to Acme, and compares what the tenant has with what its parent has.
func checkPlace(t *rapid.T, row listed, tenants map[string]listed) {
	for at, steps := row.ID, 0; at != acme; at, steps = tenants[at].Parent, steps+1 {
		if _, known := tenants[at]; !known || steps > len(tenants) {
			t.Fatalf("%s does not hang under Acme: the way up ends at %q", row.ID, at)
		}
	}
	parent := tenants[row.Parent]
	if row.Deleted != nil {
		return
	}
	if parent.Deleted != nil {
		t.Fatalf("%s is alive under the deleted %s", row.ID, parent.ID)
	}
	has := map[string]bool{}
	for _, item := range parent.Items {
		has[item.App+item.Name+item.Infra] = item.Status == 1
	}
	for _, item := range row.Items {
		if item.Status == 1 && !has[item.App+item.Name+item.Infra] {
			t.Fatalf("%s has %s %s, its parent %s has not", row.ID, item.Name, item.Infra, parent.ID)
		}
	}
}
