package op_test

import (
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/tenantry/tenantry/mock/internal/det"
	"github.com/tenantry/tenantry/mock/internal/match"
	"github.com/tenantry/tenantry/mock/internal/op"
	"github.com/tenantry/tenantry/mock/internal/sandbox"
	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/model"
	"github.com/tenantry/tenantry/openapi"
)

const (
	acme   = "a0000000-0000-4000-8000-000000000001"
	harbor = "a0000000-0000-4000-8000-000000000002"
	ward   = "a0000000-0000-4000-8000-000000000003"
	object = "b0000000-0000-4000-8000-000000000001" // a user, a client, … by the same id
	nobody = "ffffffff-ffff-4fff-8fff-ffffffffffff"
)

// tree is a world with three tenants, one below the other, and one object of each kind in the middle.
func tree(t testing.TB) *sandbox.World {
	t.Helper()
	now := time.Unix(1_700_000_000, 0)
	clock := det.NewVirtual(func() time.Time { return now })
	w, err := state.NewMemory(state.Config{ID: "w", Clock: clock, Source: det.NewSource(1, "w")}, func(tx *state.Tx) error {
		for id, parent := range map[model.TenantID]model.TenantID{acme: acme, harbor: acme, ward: harbor} {
			tx.PutTenant(&model.Tenant{ID: id, ParentID: parent, Enabled: true})
		}
		tx.PutUser(&model.User{ID: object, TenantID: harbor, Login: "ada"})
		tx.PutClient(&model.Client{ID: object, TenantID: harbor})
		tx.PutInfra(&model.Infra{ID: object, OwnerID: harbor})
		tx.PutLocation(&model.Location{ID: object, OwnerID: harbor})
		tx.PutReport(&model.Report{ID: object, TenantID: harbor})
		tx.PutRegistrationToken(&model.RegistrationToken{ID: 7, TenantID: harbor, ExpiresAt: now.Add(time.Hour)})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return &sandbox.World{ID: "w", State: w, Clock: clock}
}

func TestARequestIsAboutTheTenantsThatItNames(t *testing.T) {
	t.Parallel()
	w := tree(t)
	for name, tt := range map[string]struct {
		operation, query, mediaType, body string
		path                              map[string]string
		want                              []string
	}{
		"a tenant in the path":           {path: map[string]string{"tenant_id": ward}, want: []string{ward}},
		"the tenant of a user":           {path: map[string]string{"user_id": object}, want: []string{harbor}},
		"the tenant of a client":         {path: map[string]string{"client_id": object}, want: []string{harbor}},
		"the owner of a component":       {path: map[string]string{"infra_id": object}, want: []string{harbor}},
		"the owner of a location":        {path: map[string]string{"location_id": object}, want: []string{harbor}},
		"the tenant of a report":         {path: map[string]string{"report_id": object}, want: []string{harbor}},
		"the tenant of a token":          {path: map[string]string{"token_id": "7"}, want: []string{harbor}},
		"an unknown object is of nobody": {path: map[string]string{"user_id": nobody, "token_id": "x"}, want: []string{acme}},
		"a tenant that does not exist":   {path: map[string]string{"tenant_id": nobody}, want: []string{nobody}},
		"an application is of no tenant": {path: map[string]string{"application_id": object}, want: []string{acme}},
		"parameters of the query":        {query: "parent_id=" + harbor + "&subtree_root_id=" + ward, want: []string{harbor, ward}},
		"a list in the query":            {query: "tenants=" + ward + "," + harbor, want: []string{harbor, ward}},
		"uuids of tenants":               {operation: "listTenants", query: "uuids=" + ward, want: []string{ward}},
		"uuids of others":                {operation: "listUsers", query: "uuids=" + object, want: []string{acme}},
		"a member of the body":           {body: `{"tenant_id":"` + ward + `","parent_id":"` + harbor + `"}`, want: []string{harbor, ward}},
		"a member deep in the body":      {body: `{"a":{"tenant_id":"` + ward + `"}}`, want: []string{acme}},
		"a member that is no text":       {body: `{"tenant_id":7,"parent_id":null}`, want: []string{acme}},
		"a field of a form":              {mediaType: "application/x-www-form-urlencoded", body: "tenant_uuid=" + ward, want: []string{ward}},
		"a malformed body":               {body: `{"tenant_id":"` + ward + `"`, want: []string{acme}},
		"a body that is a list":          {body: `["` + ward + `"]`, want: []string{acme}},
		"what is no id":                  {query: "tenant_id=%zz&parent_id=root", want: []string{acme}},
		"each tenant once":               {path: map[string]string{"user_id": object}, query: "tenant_id=" + harbor, want: []string{harbor}},
		"else the caller's":              {want: []string{acme}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := httptest.NewRequest("POST", "/api/2/x?"+tt.query, strings.NewReader(tt.body))
			r.Header.Set("Content-Type", tt.mediaType)
			ex := &op.Exchange{World: w, Request: r, Path: tt.path, Body: []byte(tt.body), Actor: &model.Actor{Tenant: acme}}
			if tt.operation != "" {
				ex.Operation = &openapi.Operation{ID: tt.operation}
			}
			if diff := cmp.Diff(tt.want, ex.Seen().Tenants); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestSeenFollowsActorAndAnswer(t *testing.T) {
	t.Parallel()
	r := httptest.NewRequest("GET", "/api/2/things?x=1", nil)
	ex := &op.Exchange{World: tree(t), Request: r, Operation: &openapi.Operation{ID: "listThings", Tags: []string{"things"}}}
	ignored := cmp.Options{cmpopts.IgnoreUnexported(match.Request{}), cmpopts.IgnoreFields(match.Request{}, "Below", "Header")}
	want := &match.Request{Operation: "listThings", Tags: []string{"things"}, Method: "GET", Path: "/api/2/things", Query: map[string][]string{"x": {"1"}}}
	if diff := cmp.Diff(want, ex.Seen(), ignored); diff != "" {
		t.Errorf("before the actor is known:\n%s", diff)
	}
	ex.Actor = &model.Actor{
		User: &model.User{ID: object, Login: "ada"}, Tenant: harbor, Grants: []model.Grant{{Role: "readonly"}, {Role: "company_admin"}},
	}
	want.User, want.Login, want.Roles, want.Tenants = object, "ada", []string{"readonly", "company_admin"}, []string{harbor}
	if diff := cmp.Diff(want, ex.Seen(), ignored); diff != "" {
		t.Errorf("once it is:\n%s", diff)
	}
	ex.Reply.Status, ex.Cause, ex.Faults = 404, op.CauseState, []op.Applied{{Rule: "r", Kind: "error"}}
	want.Status, want.Cause, want.Faults = 404, "state", []string{"r", "error"}
	if diff := cmp.Diff(want, ex.Seen(), ignored); diff != "" {
		t.Errorf("once it is answered:\n%s", diff)
	}
	if !ex.Seen().Below(ward, acme) || ex.Seen().Below(acme, ward) {
		t.Error("Below does not follow the tree")
	}
}

func TestSeenNeedsNoWorld(t *testing.T) {
	t.Parallel()
	ex := &op.Exchange{Request: httptest.NewRequest("GET", "/", nil), Path: map[string]string{"user_id": object}}
	if got := ex.Seen(); got.Path != "/" || got.Tenants != nil || got.Below != nil {
		t.Errorf("Seen = %+v", got)
	}
}
