package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
)

// A worker sends requests to one sandbox, and expects nothing of the answers: faults make any of them.
type worker struct {
	client *http.Client
	box    box
	token  string
	tenant string   // of the client
	users  []string // made and not deleted
	counts map[string]int
}

// one sends the n-th request. The mix has more reads than writes, and a deletion for each creation.
func (w *worker) one(ctx context.Context, n int) {
	if w.token == "" || n%50 == 0 {
		w.login(ctx)
		return
	}
	if w.tenant == "" {
		w.tenant = text(w.get(ctx, "/users/me"), "tenant_id")
		return
	}
	switch n % 10 {
	case 0:
		w.get(ctx, "/search?tenant="+w.tenant+"&text=mia")
	case 1:
		w.get(ctx, "/users?limit=20&subtree_root_tenant_id="+w.tenant)
	case 2:
		w.get(ctx, fmt.Sprintf("/users/check_login?username=soak-%d", n))
	case 3, 4:
		w.create(ctx, n)
	case 5, 6:
		w.remove(ctx)
	case 7:
		w.get(ctx, "/users/00000000-0000-4000-8000-000000000000") // 404
	case 8:
		w.send(ctx, http.MethodPost, "/users", "application/json", `{"login": 1}`) // 400
	default:
		w.get(ctx, "/tenants?limit=20&subtree_root_id="+w.tenant)
	}
}

func (w *worker) login(ctx context.Context) {
	form := url.Values{"grant_type": {"client_credentials"}, "client_id": {w.box.Clients[0].ID}, "client_secret": {w.box.Clients[0].Secret}}
	answer := w.send(ctx, http.MethodPost, "/idp/token", "application/x-www-form-urlencoded", form.Encode())
	if token := text(answer, "access_token"); token != "" {
		w.token = token
	}
}

func (w *worker) create(ctx context.Context, n int) {
	body := fmt.Sprintf(`{"tenant_id":%q,"login":"soak-%d","contact":{"email":"soak-%d@example.com","firstname":"Sam","lastname":"Oak"}}`,
		w.tenant, n, n)
	if id := text(w.send(ctx, http.MethodPost, "/users", "application/json", body), "id"); id != "" {
		w.users = append(w.users, id)
	}
}

// remove disables and deletes the oldest user, or reads it where there is none.
func (w *worker) remove(ctx context.Context) {
	if len(w.users) == 0 {
		w.get(ctx, "/users/me")
		return
	}
	w.send(ctx, http.MethodDelete, "/users/"+w.users[0]+"?version=1", "", "")
	w.users = w.users[1:]
}

func (w *worker) get(ctx context.Context, path string) []byte {
	return w.send(ctx, http.MethodGet, path, "", "")
}

// send counts the answer by its class and returns it when it is a whole success, else nil.
func (w *worker) send(ctx context.Context, method, path, kind, body string) []byte {
	req, err := http.NewRequestWithContext(ctx, method, w.box.BaseURL+"/api/2"+path, strings.NewReader(body))
	if err != nil {
		w.counts["not sent"]++
		return nil
	}
	req.Header.Set("Authorization", "Bearer "+w.token)
	if kind != "" {
		req.Header.Set("Content-Type", kind)
	}
	resp, err := w.client.Do(req)
	if err != nil {
		w.counts["no answer"]++
		return nil
	}
	answer, err := io.ReadAll(resp.Body)
	_ = resp.Body.Close()
	if err != nil {
		w.counts["cut short"]++
		return nil
	}
	w.counts[fmt.Sprintf("%dxx", resp.StatusCode/100)]++
	if resp.StatusCode != http.StatusOK {
		return nil
	}
	return answer
}

// text is a member of an answer, "" where there is none or the answer is broken.
func text(answer []byte, member string) string {
	var members map[string]any
	if json.Unmarshal(answer, &members) != nil {
		return ""
	}
	s, _ := members[member].(string)
	return s
}
