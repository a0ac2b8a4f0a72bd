package control_test

import (
	"errors"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/tenantry/tenantry/mock/internal/control"
	"github.com/tenantry/tenantry/mock/internal/sandbox"
	"github.com/tenantry/tenantry/mock/internal/state"
)

// A breakage is ours: it is logged, and the answer tells nothing of it.
func TestABreakageTellsNothingOfItsInside(t *testing.T) {
	t.Parallel()
	p := start(t, func(c *control.Config) {
		c.Identities = func(*sandbox.World) control.Identities { panic("the inside") }
	})
	a := p.do(t, "GET", def, nil)
	a.refused(500, "log")
	if strings.Contains(string(a.Body), "inside") {
		t.Errorf("the answer is %s", a.Body)
	}
	p.do(t, "GET", def+"/clock", nil).want(200)
}

func TestWhatTheServerWasNotGivenIsRefused(t *testing.T) {
	t.Parallel()
	p := start(t, func(c *control.Config) { c.Metrics, c.Load, c.Identities = nil, nil, nil })
	p.do(t, "GET", "/metrics", nil).refused(404, "no metrics")
	p.send(t, "PUT", def+"/state", "tenants: []", yaml).refused(415, "application/json")
	if got := p.do(t, "GET", def, nil).want(200).object(); len(got["users"].([]any))+len(got["clients"].([]any)) > 0 {
		t.Errorf("the default sandbox has users %v and clients %v", got["users"], got["clients"])
	}
	p.do(t, "DELETE", p.sandbox(t, nil), nil).want(204)
}

// A fixture is read as it comes, so that its size is no matter of memory.
func TestAFixtureIsReadWhileItIsSent(t *testing.T) {
	t.Parallel()
	first := make(chan struct{})
	p := start(t, func(c *control.Config) {
		c.Load = func(_ *state.Tx, from io.Reader) error {
			if _, err := from.Read(make([]byte, 1)); err != nil {
				return err
			}
			close(first)
			_, err := io.Copy(io.Discard, from)
			return errors.Join(err, errors.New("no more than a test"))
		}
	})
	body, more := io.Pipe()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPut, p.url+def+"/state", body)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/yaml")
	var wg sync.WaitGroup
	wg.Go(func() {
		_, _ = io.WriteString(more, "first")
		<-first // the server has it, though the rest is not sent yet
		_, _ = io.WriteString(more, "second")
		_ = more.Close()
	})
	res, err := p.http.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	wg.Wait()
	defer func() { _ = res.Body.Close() }()
	if text, _ := io.ReadAll(res.Body); res.StatusCode != http.StatusBadRequest || !strings.Contains(string(text), "no more than a test") {
		t.Errorf("PUT state is %d: %s", res.StatusCode, text)
	}
}

func TestAHeadRequestForAStreamEnds(t *testing.T) {
	t.Parallel()
	a := start(t).do(t, "HEAD", following, nil).want(200)
	if got := a.Header.Get("Content-Type"); got != "text/event-stream" {
		t.Errorf("Content-Type is %q", got)
	}
}

func TestOperationsOfTheAPIAreListed(t *testing.T) {
	t.Parallel()
	var got struct {
		Items []struct {
			ID, Method, Path string
			Statuses         []int
		}
	}
	start(t).do(t, "GET", "/operations", nil).want(200).into(&got)
	for _, o := range got.Items {
		if o.ID == "getUser" && o.Method == "GET" && o.Path == "/api/2/users/{user_id}" && len(o.Statuses) > 1 {
			return
		}
	}
	t.Errorf("getUser is not among %v", got.Items)
}
