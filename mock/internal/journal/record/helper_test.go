package record_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/tenantry/tenantry/mock/internal/det"
	"github.com/tenantry/tenantry/mock/internal/journal"
	"github.com/tenantry/tenantry/mock/internal/op"
	"github.com/tenantry/tenantry/mock/internal/sandbox"
	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/model"
	"github.com/tenantry/tenantry/openapi"
)

const (
	root   = "a0000000-0000-4000-8000-000000000000"
	acme   = "a0000000-0000-4000-8000-000000000001"
	harbor = "a0000000-0000-4000-8000-000000000002"
	ada    = "b0000000-0000-4000-8000-000000000001"
	client = "c0000000-0000-4000-8000-000000000001"
)

// world is one with a tree of three tenants and a user in the lowest.
func world(t testing.TB) *sandbox.World {
	t.Helper()
	clock := det.NewVirtual(func() time.Time { return time.Unix(1_700_000_000, 0) })
	w, err := state.NewMemory(state.Config{ID: "w", Clock: clock, Source: det.NewSource(1, "w")}, func(tx *state.Tx) error {
		for id, parent := range map[model.TenantID]model.TenantID{root: root, acme: root, harbor: acme} {
			tx.PutTenant(&model.Tenant{ID: id, ParentID: parent, Enabled: true})
		}
		tx.PutUser(&model.User{ID: ada, TenantID: harbor, Login: "ada"})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return &sandbox.World{ID: "w", State: w, Clock: clock, Journal: journal.New(nil, 0)}
}

func operation(t testing.TB, id string) *openapi.Operation {
	t.Helper()
	doc, err := openapi.Load()
	if err != nil {
		t.Fatal(err)
	}
	o, ok := doc.Operation(id)
	if !ok {
		t.Fatalf("no operation %s", id)
	}
	return o
}

// partner is a client of the tenant in the middle.
func partner() *model.Actor {
	return &model.Actor{
		Client: &model.Client{ID: client}, Tenant: acme, Via: model.ViaBearer,
		Grants: []model.Grant{{Tenant: acme, Role: "partner_admin", Scopes: []string{"account-server::tenant_viewer"}}},
	}
}

// exchange is a request as the server hands it to the chain.
func exchange(t testing.TB, w *sandbox.World, id, method, target, body string) *op.Exchange {
	t.Helper()
	r := httptest.NewRequest(method, target, strings.NewReader(body))
	r.Header.Set("Authorization", "Bearer hunter2-token")
	r.Header.Set("User-Agent", "sync/1.0")
	r.Header.Set("Accept", "application/json")
	ex := &op.Exchange{World: w, Request: r, Body: []byte(body), Path: map[string]string{}, Actor: partner()}
	if id != "" {
		ex.Operation = operation(t, id)
	}
	return ex
}

// answer is a handler that replies.
func answer(status int, body string) op.Handler {
	return func(_ context.Context, ex *op.Exchange) error {
		ex.Reply = op.Reply{Status: status, Header: http.Header{"Content-Type": {"application/json; charset=utf-8"}}, Body: []byte(body)}
		return nil
	}
}

// entry is the only one of the world's journal.
func entry(t testing.TB, w *sandbox.World) journal.Entry {
	t.Helper()
	p, err := w.Journal.Page(journal.Query{})
	if err != nil || len(p.Items) != 1 {
		t.Fatalf("%d entries, %v", len(p.Items), err)
	}
	return p.Items[0]
}
