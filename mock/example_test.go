package mock_test

import (
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/tenantry/tenantry/mock"
)

const clinic = "/api/2/tenants/a0000000-0000-4000-8000-000000000002"

// A test starts a server, points its client at the URL and goes on as against the cloud.
func ExampleStart() {
	t, end := newT() // in a test: its *testing.T, and no end
	defer end()

	srv := mock.Start(t)
	show(srv.Client(t, mock.Partner), srv.URL+clinic, "Harbor Clinic")
	// Output: 200 true
}

// A world can begin with nothing but a root, a partner and the documented clients, or with a YAML file of one's own.
func ExampleWithFixture() {
	t, end := newT()
	defer end()

	srv := mock.Start(t, mock.WithFixture("empty"))
	show(srv.Client(t, mock.Root), srv.URL+clinic, "not found")
	// Output: 404 false
}

// The same seed gives the same identifiers in every run.
func ExampleWithSeed() {
	t, end := newT()
	defer end()

	id := func(seed int64) string {
		srv := mock.Start(t, mock.WithSeed(seed))
		return string(srv.Fork(t).Clients()[0].ID)
	}
	first, again, other := id(1), id(1), id(2)
	fmt.Println(first == again, first == other)
	// Output: true false
}

// Settings switch a world's behaviour, here to refuse what the document does not know.
func ExampleWithSettings() {
	t, end := newT()
	defer end()

	srv := mock.Start(t, mock.WithSettings(map[string]string{"validation": "strict"}))
	show(srv.Client(t, mock.Partner), srv.URL+clinic+"?colour=red", "colour")
	// Output: 400 true
}

// The clock can stand still at a time of one's choice, and be moved.
func ExampleWithClock() {
	t, end := newT()
	defer end()

	srv := mock.Start(t, mock.WithClock(time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)))
	srv.Advance(36 * time.Hour)
	fmt.Println(srv.Now().Format(time.DateTime))
	// Output: 2030-01-02 12:00:00
}

// Everything that the command line can say can be said with a Config.
func ExampleWithConfig() {
	t, end := newT()
	defer end()

	srv := mock.Start(t, mock.WithConfig(mock.Config{BaseURL: "https://cloud.example", JournalBytes: 1 << 20}))
	show(srv.HTTP(), srv.URL+"/.well-known/openid-configuration", `"issuer":"https://cloud.example"`)
	// Output: 200 true
}

// Without a listener no port is taken. It works inside a testing/synctest bubble, where time costs nothing.
func ExampleWithoutListener() {
	t, end := newT()
	defer end()

	srv := mock.Start(t, mock.WithoutListener())
	fmt.Println(srv.URL)
	show(srv.Client(t, mock.Partner), srv.URL+clinic, "Harbor Clinic")
	// Output:
	// http://tenantry.test
	// 200 true
}

// Each subtest forks the world as it is and changes its copy only.
func ExampleSandbox_Fork() {
	t, end := newT()
	defer end()

	srv := mock.Start(t)
	one, other := srv.Fork(t), srv.Fork(t)
	body := strings.NewReader(`{"tenant_id": "a0000000-0000-4000-8000-000000000002", "login": "jane", "contact": {"email": "jane@example.com"}}`)
	resp, err := one.Client(t, mock.Partner).Post(one.URL+"/api/2/users", "application/json", body) //nolint:noctx // an example's
	if err != nil {
		fmt.Println(err)
		return
	}
	defer func() { _ = resp.Body.Close() }()
	fmt.Println(resp.StatusCode)
	show(one.Client(t, mock.Partner), one.URL+"/api/2/users/check_login?username=jane", "exists")
	show(other.Client(t, mock.Partner), other.URL+"/api/2/users/check_login?username=jane", "")
	// Output:
	// 200
	// 409 true
	// 204 true
}

// A fault makes the service fail twice and then work.
func ExampleSandbox_Fault() {
	t, end := newT()
	defer end()

	srv := mock.Start(t)
	srv.Fault(t, mock.Rule{
		Kind: "error", Match: mock.Match{Operation: "getTenant"}, When: mock.When{Times: 2}, With: []byte(`{"status": 503}`),
	})
	c := srv.Client(t, mock.Partner)
	for range 3 {
		show(c, srv.URL+clinic, "Harbor Clinic")
	}
	// Output:
	// 503 false
	// 503 false
	// 200 true
}

// The journal shows what a client sent, and why it was refused.
func ExampleSandbox_Calls() {
	t, end := newT()
	defer end()

	srv := mock.Start(t)
	show(srv.Client(t, mock.Partner), srv.URL+"/api/2/tenants/a0000000-0000-4000-8000-000000000013", "Access denied")
	for _, call := range srv.Calls(t, mock.Match{Status: "4xx"}) {
		fmt.Println(call.Operation, call.Response.Status, call.Cause)
	}
	// Output:
	// 403 true
	// getTenant 403 policy
}

// A verification holds the journal to what a client is expected to do.
func ExampleSandbox_Verify() {
	t, end := newT()
	defer end()

	srv := mock.Start(t)
	show(srv.Client(t, mock.Partner), srv.URL+clinic, "Harbor Clinic")
	once := 1
	srv.Verify(t, mock.Expected{
		Match: mock.Match{Operation: "getTenant", Header: map[string]string{"Authorization": "Bearer *"}},
		Times: mock.Times{Exactly: &once},
	})
	// Output: 200 true
}

// Without a test, the server is an http.Handler.
func ExampleNew() {
	srv, err := mock.New(background(), mock.Config{})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer func() { _ = srv.Close() }()
	_ = &http.Server{Addr: "127.0.0.1:8080", Handler: srv}
	fmt.Println(len(srv.Identities()))
	// Output: 3
}
