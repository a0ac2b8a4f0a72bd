package record_test

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/tenantry/tenantry/mock/internal/det"
	"github.com/tenantry/tenantry/mock/internal/fault"
	"github.com/tenantry/tenantry/mock/internal/journal"
	"github.com/tenantry/tenantry/mock/internal/journal/record"
	"github.com/tenantry/tenantry/mock/internal/match"
	"github.com/tenantry/tenantry/mock/internal/op"
	"github.com/tenantry/tenantry/mock/model"
	"github.com/tenantry/tenantry/openapi"
)

func TestARequestIsRecordedWithItsAnswer(t *testing.T) {
	t.Parallel()
	w := world(t)
	ex := exchange(t, w, "getUser", http.MethodGet, "/s/w/api/2/users/"+ada+"/?x=1&access_token=hunter2", "")
	ex.Request.URL.Path, ex.Path = "/api/2/users/"+ada, map[string]string{"user_id": ada}
	ex.Seq, ex.Faults = 7, []op.Applied{{Rule: "slow", Kind: "delay", Index: 3, Drawn: 0.25}}
	h := record.Requests(answer(200, `{"login":"ada"}`))
	if err := h(t.Context(), ex); err != nil {
		t.Fatal(err)
	}
	want := journal.Entry{
		N: 1, Sandbox: "w", Operation: "getUser", Tags: []string{"users"}, Method: "GET", Path: "/s/w/api/2/users/" + ada + "/",
		WorldTime: time.Unix(1_700_000_000, 0).UTC(), State: journal.Complete,
		Actor:    journal.Actor{Kind: journal.ByClient, ID: client, Tenant: acme, Roles: []string{"partner_admin"}, Via: "bearer"},
		Tenants:  []string{harbor},
		Request:  journal.Request{Query: "x=1&access_token=***"},
		Response: journal.Response{Status: 200, Body: journal.Body{Text: `{"login":"ada"}`, Size: 15}},
		Faults:   []journal.Fault{{Rule: "slow", Kind: "delay", Index: 3, Drawn: 0.25}}, Seq: 7,
	}
	got := entry(t, w)
	ignored := cmp.Options{
		cmpopts.IgnoreUnexported(journal.Entry{}), cmpopts.IgnoreFields(journal.Entry{}, "ID", "Time", "Duration"),
		cmpopts.IgnoreTypes(journal.Headers("")),
	}
	if diff := cmp.Diff(want, got, ignored); diff != "" {
		t.Error(diff)
	}
	headers := http.Header{"Authorization": {"Bearer ***"}, "User-Agent": {"sync/1.0"}, "Accept": {"application/json"}}
	if diff := cmp.Diff(headers, got.Request.Headers.Header()); diff != "" {
		t.Errorf("request headers:\n%s", diff)
	}
	if !model.IsUUID(got.ID) || got.Time.IsZero() || ex.Entry != 1 {
		t.Errorf("id %q, time %v, number %d", got.ID, got.Time, ex.Entry)
	}
	if ex.Request.Header.Get("Authorization") != "Bearer hunter2-token" {
		t.Error("the request itself is masked")
	}
}

func TestARefusalIsRecordedWithItsCauseAndReason(t *testing.T) {
	t.Parallel()
	w := world(t)
	ex := exchange(t, w, "createUser", http.MethodPost, "/api/2/users", `{"tenant_id":"`+acme+`"}`)
	ex.Checked = &openapi.Checked{Findings: []openapi.Finding{
		{In: "body", Pointer: "/login", Reason: "is required", Severity: openapi.Violation},
		{In: "body", Pointer: "/x", Reason: "is not documented", Severity: openapi.Deviation},
	}}
	h := record.Requests(func(_ context.Context, ex *op.Exchange) error {
		ex.Cause = op.CauseSpec
		return model.Refuse(model.Invalid, 1027, "invalid", "token hunter2-token is refused")
	})
	if err := h(t.Context(), ex); err != nil {
		t.Fatal(err)
	}
	got := entry(t, w)
	if got.Cause != "spec" || got.Reason != "token *** is refused" || got.Code != 1027 || got.Response.Status != 400 {
		t.Errorf("recorded as %q %q %d %d", got.Cause, got.Reason, got.Code, got.Response.Status)
	}
	if strings.Contains(got.Response.Text, "hunter2") || !strings.Contains(string(ex.Reply.Body), "hunter2") {
		t.Errorf("a secret that the answer repeats: kept %s, sent %s", got.Response.Text, ex.Reply.Body)
	}
	want := []journal.Finding{{In: "body", Pointer: "/login", Reason: "is required"}}
	if diff := cmp.Diff(want, got.Findings); diff != "" || len(got.Warnings) != 1 {
		t.Errorf("%d warnings, findings:\n%s", len(got.Warnings), diff)
	}
	if diff := cmp.Diff([]string{acme}, got.Tenants); diff != "" {
		t.Error(diff)
	}
}

func TestWhoLacksAScopeIsRecordedWithThoseHeld(t *testing.T) {
	t.Parallel()
	w := world(t)
	ex := exchange(t, w, "createTenant", http.MethodPost, "/api/2/tenants", "")
	h := record.Requests(func(_ context.Context, ex *op.Exchange) error {
		ex.Cause = op.CauseScope
		return model.Errorf(model.Forbidden, "insufficient_scope", "no")
	})
	_ = h(t.Context(), ex)
	e := entry(t, w)
	if diff := cmp.Diff([]string{"account-server::tenant_viewer"}, e.Actor.Scopes); diff != "" {
		t.Error(diff)
	}
	doc, err := openapi.Load()
	if err != nil {
		t.Fatal(err)
	}
	if said := journal.Explain(doc, &e); !strings.Contains(said, "client "+client+" has account-server::tenant_viewer") {
		t.Errorf("Explain = %q", said)
	}
}

func TestABreakageIsRecordedAsOne(t *testing.T) {
	t.Parallel()
	w := world(t)
	h := record.Requests(func(context.Context, *op.Exchange) error { return errors.New(strings.Repeat("stack ", 1000)) })
	_ = h(t.Context(), exchange(t, w, "getUser", http.MethodGet, "/api/2/users/"+ada, ""))
	if e := entry(t, w); e.Response.Status != 500 || e.Cause != "" || !strings.HasPrefix(e.Reason, "stack") || len(e.Reason) > 3000 {
		t.Errorf("recorded as %d %q, %d bytes", e.Response.Status, e.Cause, len(e.Reason))
	}
}

// The entry is complete before anything is sent, and there while the request is held up.
func TestTheEntryIsThereBeforeTheAnswer(t *testing.T) {
	t.Parallel()
	w := world(t)
	w.Faults = fault.NewSet(fault.Config{World: "w", Clock: w.Clock, Wall: det.Wall})
	if problems := w.Faults.Put(fault.Rule{ID: "any", Kind: "error", With: json.RawMessage(`{"status":503}`)}); len(problems) > 0 {
		t.Fatal(problems)
	}
	ex := exchange(t, w, "getUser", http.MethodGet, "/api/2/users/"+ada, "")
	ex.Path = map[string]string{"user_id": ada}
	var during journal.Entry
	h := op.Chain(func(ctx context.Context, ex *op.Exchange) error {
		during = entry(t, w)
		return answer(200, "{}")(ctx, ex)
	}, record.Requests, record.Actors)
	_ = h(t.Context(), ex)
	if during.State != journal.InFlight || during.Actor.ID != client || len(during.Tenants) != 1 || during.Response.Status != 0 {
		t.Errorf("held up: %+v", during)
	}
	if e := entry(t, w); e.State != journal.Complete || e.Delivered != nil {
		t.Errorf("before sending: %+v", e)
	}
	record.Sent(ex, nil)
	if e := entry(t, w); e.Delivered == nil || !*e.Delivered {
		t.Errorf("after sending: delivered is %v", e.Delivered)
	}
	record.Sent(ex, errors.New("the client has gone"))
	if e := entry(t, w); e.Delivered == nil || *e.Delivered {
		t.Errorf("after a failure: delivered is %v", e.Delivered)
	}
}

func TestWithoutAJournalRequestsGoOn(t *testing.T) {
	t.Parallel()
	w := world(t)
	w.Journal = nil
	ex := exchange(t, w, "getUser", http.MethodGet, "/api/2/users/"+ada, "")
	_ = op.Chain(answer(200, "{}"), record.Requests, record.Actors)(t.Context(), ex)
	record.Sent(ex, nil)
	if ex.Reply.Status != 200 || ex.Entry != 0 {
		t.Errorf("status %d, entry %d", ex.Reply.Status, ex.Entry)
	}
}

// A rule and a verification in the same words pick the same requests, live and journaled.
func TestLiveAndJournaledRequestsLookAlike(t *testing.T) {
	t.Parallel()
	w := world(t)
	ex := exchange(t, w, "updateUser", http.MethodPut, "/s/w/api/2/users/"+ada+"?version=1", `{"login":"bob","enabled":true}`)
	ex.Request.URL.Path, ex.Path = "/api/2/users/"+ada, map[string]string{"user_id": ada}
	ex.Faults = []op.Applied{{Rule: "r", Kind: "k"}}
	_ = record.Requests(answer(409, "{}"))(t.Context(), ex)
	live, e := ex.Seen(), entry(t, w)
	kept := e.Seen(live.Below)
	ignored := cmp.Options{cmpopts.IgnoreUnexported(match.Request{}), cmpopts.IgnoreFields(match.Request{}, "Below", "Header")}
	if diff := cmp.Diff(live, kept, ignored); diff != "" {
		t.Error(diff)
	}
}
