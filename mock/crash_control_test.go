package mock_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/tenantry/tenantry/mock"
)

// promised is what a control plane acknowledged about one sandbox.
type promised struct {
	fault, snapshot, strict, moved, deleted bool
	doubtful                                bool // asked for a deletion that was not answered
}

// A killed server comes back with the durable sandboxes that it acknowledged: their snapshots, clocks, settings and rules.
func TestAKilledServerKeepsItsSandboxes(t *testing.T) {
	t.Parallel()
	data := filepath.Join(t.TempDir(), "tenantry.db")
	made := map[string]*promised{}
	for round := range 5 {
		killAmongSandboxes(t, data, round, made)
		checkSandboxes(t, data, made)
	}
	if len(made) < 20 {
		t.Errorf("only %d sandboxes were acknowledged in five rounds", len(made))
	}
}

func killAmongSandboxes(t *testing.T, data string, round int, made map[string]*promised) {
	t.Helper()
	child, base := startChild(t, data)
	var mu sync.Mutex
	enough := len(made) + 6 + round
	var wait sync.WaitGroup
	for writer := range 4 {
		wait.Go(func() {
			for n := 0; ; n++ {
				id := fmt.Sprintf("s-%d-%d-%d", round, writer, n)
				p, alive := live(t.Context(), base, id, n)
				mu.Lock()
				if p != nil {
					made[id] = p
				}
				if len(made) >= enough {
					_ = child.Process.Kill()
				}
				mu.Unlock()
				if !alive {
					return
				}
			}
		})
	}
	wait.Wait()
	end(child)
}

func end(child *exec.Cmd) {
	_ = child.Process.Kill() // it is dead already, as a rule
	_ = child.Wait()
}

// live makes a sandbox and changes it in every way. It notes what was acknowledged; nothing is, if the sandbox was not.
func live(ctx context.Context, base, id string, n int) (p *promised, alive bool) {
	at := base + "/_mock/v1/sandboxes"
	ask := func(method, path, body string, want int) bool {
		return status(ctx, method, at+path, body) == want
	}
	if !ask("POST", "", fmt.Sprintf(`{"id":%q,"durable":true,"clock":{"set":"2030-01-01T00:00:00Z","freeze":true}}`, id), http.StatusCreated) {
		return nil, false
	}
	p = &promised{}
	path := "/" + id
	steps := []struct {
		done               *bool
		method, path, body string
		want               int
	}{
		{&p.fault, "PUT", path + "/faults/x", `{"kind":"error","with":{"status":503}}`, http.StatusOK},
		{&p.snapshot, "PUT", path + "/snapshots/one", "", http.StatusOK},
		{&p.strict, "PATCH", path, `{"settings":{"validation":"strict"}}`, http.StatusOK},
		{&p.moved, "PUT", path + "/clock", `{"advance":"1h"}`, http.StatusOK},
	}
	for _, s := range steps {
		if *s.done = ask(s.method, s.path, s.body, s.want); !*s.done {
			return p, false
		}
	}
	if n%4 == 3 {
		p.doubtful = true
		p.deleted = ask("DELETE", path, "", http.StatusNoContent)
		return p, p.deleted
	}
	return p, true
}

// status is that of the answer, 0 without one.
func status(ctx context.Context, method, url, body string) int {
	req, err := http.NewRequestWithContext(ctx, method, url, strings.NewReader(body))
	if err != nil {
		return 0
	}
	if body != "" {
		req.Header.Set("Content-Type", "application/json")
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return 0
	}
	defer func() { _ = resp.Body.Close() }()
	if _, err := io.Copy(io.Discard, resp.Body); err != nil {
		return 0
	}
	return resp.StatusCode
}

func checkSandboxes(t *testing.T, data string, made map[string]*promised) {
	t.Helper()
	srv, err := mock.New(t.Context(), mock.Config{Data: data})
	if err != nil {
		t.Fatalf("reopen: %v", err)
	}
	defer func() { _ = srv.Close() }()
	control, err := srv.Control(mock.ControlConfig{Hosts: []string{"example.com"}})
	if err != nil {
		t.Fatal(err)
	}
	ask := func(path string, into any) int {
		w := httptest.NewRecorder()
		control.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/_mock/v1/sandboxes"+path, nil))
		if w.Code == http.StatusOK {
			if err := json.Unmarshal(w.Body.Bytes(), into); err != nil {
				t.Fatal(err)
			}
		}
		return w.Code
	}
	for id, p := range made {
		var box struct {
			Clock    struct{ Now string }
			Settings map[string]string
		}
		var list struct {
			Items []struct{ Name string }
			Rules []struct{ ID string }
		}
		found := ask("/"+id, &box)
		if p.doubtful && !p.deleted && found == http.StatusNotFound {
			continue // the deletion was not acknowledged, but it was done
		}
		if p.deleted != (found == http.StatusNotFound) {
			t.Fatalf("sandbox %s, acknowledged %+v, answers %d", id, *p, found)
		}
		if p.deleted {
			continue
		}
		ask("/"+id+"/faults", &list)
		fault := len(list.Rules) == 1
		ask("/"+id+"/snapshots", &list)
		snapshot := len(list.Items) == 1 && list.Items[0].Name == "one"
		is := promised{
			fault: fault, snapshot: snapshot, strict: box.Settings["validation"] == "strict",
			moved: strings.HasPrefix(box.Clock.Now, "2030-01-01T01:00:00"), doubtful: p.doubtful,
		}
		if lost(*p, is) {
			t.Fatalf("sandbox %s: acknowledged %+v, is %+v", id, *p, is)
		}
		if p.snapshot {
			w := httptest.NewRecorder()
			control.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/_mock/v1/sandboxes/"+id+"/snapshots/one/diff?with=base", nil))
			if w.Code != http.StatusOK {
				t.Fatalf("the snapshot of sandbox %s cannot be read: %d %s", id, w.Code, w.Body)
			}
		}
	}
}

// lost tells whether something that was acknowledged is not there. What was done but not acknowledged may be.
func lost(was, is promised) bool {
	return was.fault && !is.fault || was.snapshot && !is.snapshot || was.strict && !is.strict || was.moved && !is.moved
}
