package control_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/tenantry/tenantry/mock"
)

// whole starts the whole server with its control plane.
func whole(t *testing.T) (p *plane, api string) {
	t.Helper()
	srv, err := mock.New(t.Context(), mock.Config{CheckResponses: true})
	if err != nil {
		t.Fatal(err)
	}
	handler, err := srv.Control(mock.ControlConfig{Loopback: true})
	if err != nil {
		t.Fatal(err)
	}
	web, plane := httptest.NewServer(srv), httptest.NewServer(handler)
	t.Cleanup(func() {
		web.Close()
		plane.Close()
		if err := srv.Close(); err != nil {
			t.Error(err)
		}
	})
	return newPlane(t, plane), web.URL
}

// What the server journals, minted tokens and metrics are held to the document as they come.
func TestTheDocumentHoldsForARealServer(t *testing.T) {
	t.Parallel()
	p, api := whole(t)
	path := p.sandbox(t, object{"id": "mine", "faults": []object{{"id": "lost", "kind": "error", "match": object{"operation": "listUsers"}}}})
	token := p.do(t, "POST", path+"/tokens", object{"user": admin}).want(201).object()["access_token"].(string)
	for asked, want := range map[string]int{
		"GET /users/me": 200, "GET /users?tenant_id=x": 503, "POST /tenants": 400, "GET /nothing": 404, "GET /users/x": 404,
	} {
		method, rest, _ := strings.Cut(asked, " ")
		r, err := http.NewRequestWithContext(t.Context(), method, api+"/s/mine/api/2"+rest, strings.NewReader(`{"name": 1}`))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Authorization", "Bearer "+token)
		r.Header.Set("Content-Type", "application/json")
		res, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		_ = res.Body.Close()
		if res.StatusCode != want {
			t.Errorf("%s is %d, want %d", asked, res.StatusCode, want)
		}
	}
	items := p.do(t, "GET", path+"/journal", nil).want(200).object()["items"].([]any)
	if len(items) != 5 {
		t.Errorf("%d requests are in the journal", len(items))
	}
	for n := range items {
		p.do(t, "GET", path+"/journal/"+string(rune('1'+n))+"/explain", nil).want(200)
	}
	verdict := p.do(t, "POST", path+"/verify", object{"match": object{"operation": "getMe", "status": "200"}, "times": object{"exactly": 1}})
	if got := verdict.want(200).object(); got["verified"] != true {
		t.Errorf("the verdict is %v", got)
	}
	metrics := string(p.do(t, "GET", "/metrics", nil).want(200).Body)
	if !strings.Contains(metrics, `tenantry_requests_total{operation="getMe",sandbox="mine",status="200"} 1`) {
		t.Errorf("the metrics lack the request:\n%s", metrics)
	}
	p.do(t, "GET", def, nil).want(200)
	p.do(t, "POST", path+"/reset", nil).want(200)
	p.do(t, "DELETE", path, nil).want(204)
}
