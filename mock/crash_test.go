package mock_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/tenantry/tenantry/mock"
)

// childEnv makes this test binary a server on the data file that it names.
const childEnv = "TENANTRY_CRASH_CHILD"

func TestMain(m *testing.M) {
	if data := os.Getenv(childEnv); data != "" {
		serveUntilKilled(data)
	}
	// A life is some thirty operations with three lists each: a few dozen are enough for one run.
	if err := flag.Set("rapid.checks", "30"); err != nil {
		panic(err)
	}
	os.Exit(m.Run())
}

func serveUntilKilled(data string) {
	check := func(err error) {
		if err != nil {
			fmt.Fprintln(os.Stderr, "child:", err)
			os.Exit(1)
		}
	}
	srv, err := mock.New(background(), mock.Config{Data: data})
	check(err)
	l, err := net.Listen("tcp", "127.0.0.1:0") //nolint:noctx // lives as long as the process
	check(err)
	control, err := srv.Control(mock.ControlConfig{Loopback: true})
	check(err)
	both := http.NewServeMux() // one port is enough for a test
	both.Handle("/_mock/", control)
	both.Handle("/", srv)
	fmt.Println("http://" + l.Addr().String())
	check(http.Serve(l, both))
}

// acknowledged is what the parent saw answered.
type acknowledged struct {
	mu    sync.Mutex
	users map[string]string // id -> personal tenant
}

func (a *acknowledged) add(id, personal string) int {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.users[id] = personal
	return len(a.users)
}

// A killed server has lost nothing that it acknowledged and holds nothing half-done.
func TestAKilledServerKeepsWhatItAcknowledged(t *testing.T) {
	t.Parallel()
	data := filepath.Join(t.TempDir(), "tenantry.db")
	seen := &acknowledged{users: map[string]string{}}
	for round := range 10 {
		killMidway(t, data, round, seen)
		checkSurvivors(t, data, seen)
	}
	if len(seen.users) < 100 {
		t.Errorf("only %d writes were acknowledged in ten rounds", len(seen.users))
	}
}

// startChild runs a server on the data file, in a process of its own.
func startChild(t *testing.T, data string) (child *exec.Cmd, base string) {
	t.Helper()
	child = exec.CommandContext(t.Context(), os.Args[0], "-test.run=^$")
	child.Env = append(os.Environ(), childEnv+"="+data)
	child.Stderr = os.Stderr
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatalf("the child did not start: %v", err)
	}
	return child, strings.TrimSpace(line)
}

// killMidway lets eight writers create users, and kills the server after some acknowledgements.
func killMidway(t *testing.T, data string, round int, seen *acknowledged) {
	t.Helper()
	child, base := startChild(t, data)
	enough := len(seen.users) + 10 + 3*round
	var wait sync.WaitGroup
	for writer := range 8 {
		wait.Go(func() {
			for n := 0; ; n++ {
				id, personal, err := postUser(base, fmt.Sprintf("crash-%d-%d-%d", round, writer, n))
				if err != nil {
					return // the server is dead
				}
				if seen.add(id, personal) == enough {
					_ = child.Process.Kill()
				}
			}
		})
	}
	wait.Wait()
	_ = child.Wait()
}

func postUser(base, login string) (id, personal string, err error) {
	body, err := json.Marshal(map[string]any{
		"tenant_id": harbor, "login": login, "contact": map[string]string{"email": login + "@example.com"},
	})
	if err != nil {
		return "", "", err
	}
	req, err := http.NewRequestWithContext(background(), http.MethodPost, base+"/api/2/users", bytes.NewReader(body))
	if err != nil {
		return "", "", err
	}
	req.Header.Set("Content-Type", "application/json")
	req.SetBasicAuth(partnerClient, partnerSecret)
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return "", "", err
	}
	defer func() { _ = resp.Body.Close() }()
	answer, err := io.ReadAll(resp.Body)
	if err != nil {
		return "", "", err
	}
	var user struct {
		ID       string `json:"id"`
		Personal string `json:"personal_tenant_id"`
	}
	if resp.StatusCode != http.StatusOK {
		return "", "", fmt.Errorf("POST /users: %s: %s", resp.Status, answer)
	}
	return user.ID, user.Personal, json.Unmarshal(answer, &user)
}

// checkSurvivors reopens the file: every acknowledged user is there, and every user there is whole.
func checkSurvivors(t *testing.T, data string, seen *acknowledged) {
	t.Helper()
	srv, err := mock.New(t.Context(), mock.Config{Data: data})
	if err != nil {
		t.Fatalf("reopen: %v", err)
	}
	defer func() { _ = srv.Close() }()
	for id, personal := range seen.users {
		if status := get(srv, "/users/"+id).Code; status != http.StatusOK {
			t.Fatalf("the acknowledged user %s answers %d", id, status)
		}
		if status := get(srv, "/tenants/"+personal).Code; status != http.StatusOK {
			t.Fatalf("the personal tenant %s of an acknowledged user answers %d", personal, status)
		}
	}
	var list struct {
		Items []struct {
			Personal *string `json:"personal_tenant_id"`
		}
	}
	page := get(srv, "/users?subtree_root_tenant_id="+harbor)
	if err := json.Unmarshal(page.Body.Bytes(), &list); err != nil {
		t.Fatal(err)
	}
	for _, u := range list.Items {
		if u.Personal == nil || get(srv, "/tenants/"+*u.Personal).Code != http.StatusOK {
			t.Fatalf("a user without its personal tenant was stored: %s", page.Body)
		}
	}
}
