package reports_test

import (
	"io"
	"net/http"
	"testing"
	"time"

	"github.com/tenantry/tenantry/mock/internal/apitest"
)

// Objects of the demo world.
const (
	blockStorage = "c1000000-0000-4000-8000-000000000001"
	radiology    = "a0000000-0000-4000-8000-000000000003"
	birch        = "a0000000-0000-4000-8000-000000000006" // on trial
	globex       = "a0000000-0000-4000-8000-000000000013"
	elena        = "elena.rivera@harbor-clinic.example"
)

type obj = map[string]any

// server is a server whose clock stands, and callers with tokens.
type server struct {
	*apitest.Server
	acme, root *apitest.Client
	token      string // of acme
}

func start(t *testing.T, opts ...apitest.Option) *server {
	t.Helper()
	srv := apitest.Start(t, opts...)
	srv.Freeze()
	token := srv.ClientToken(apitest.PartnerClient, apitest.PartnerSecret)
	return &server{srv, srv.Bearer(token), srv.Bearer(srv.ClientToken(apitest.RootClient, apitest.RootSecret)), token}
}

// goOn moves the clock.
func (s *server) goOn(t *testing.T, d time.Duration) {
	t.Helper()
	if err := s.Advance(d); err != nil {
		t.Fatal(err)
	}
}

// day is a day of the world's time, so many days from today.
func (s *server) day(n int) string { return s.Now().UTC().AddDate(0, 0, n).Format("2006-01-02") }

// body is that of a report on the present usage of a tenant; more overrides, and parameters within parameters.
func body(tenant string, more obj) obj {
	params := obj{"tenant_id": tenant, "kind": "usage_current", "level": "accounts"}
	b := obj{"result_action": "save", "schedule": obj{"type": "once"}, "parameters": params}
	for name, value := range more {
		if name != "parameters" {
			b[name] = value
			continue
		}
		for name, value := range value.(obj) {
			params[name] = value
		}
	}
	return b
}

// save makes a report, waits by the clock until it is saved, and returns its id and those of its files.
func (s *server) save(t *testing.T, b obj) (report string, files []string) {
	t.Helper()
	report = s.root.In(t).Post("/reports", b).Want(200).Text("/id")
	s.goOn(t, time.Second)
	var stored struct {
		Items []struct{ ID, Status string }
	}
	s.root.In(t).Get("/reports/" + report + "/stored").Want(200).Into(&stored)
	for _, f := range stored.Items {
		if f.Status != "saved" {
			t.Fatalf("file %s is %s", f.ID, f.Status)
		}
		files = append(files, f.ID)
	}
	return report, files
}

// file is the content of the one file of a report in a format.
func (s *server) file(t *testing.T, format string, b obj) string {
	t.Helper()
	b["parameters"].(obj)["formats"] = []string{format}
	report, files := s.save(t, b)
	return string(s.root.In(t).Get("/reports/" + report + "/stored/" + files[0]).Want(200).Body)
}

// raw downloads without any help of the HTTP library.
func (s *server) raw(t *testing.T, path, acceptEncoding string) (http.Header, []byte) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.URL+"/api/2"+path, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+s.token)
	if acceptEncoding != "" {
		req.Header.Set("Accept-Encoding", acceptEncoding)
	}
	transport := &http.Transport{DisableCompression: true}
	defer transport.CloseIdleConnections()
	resp, err := (&http.Client{Transport: transport}).Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	data, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.Header, data
}
