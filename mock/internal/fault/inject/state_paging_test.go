package inject_test

import (
	"net/http"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/mock/internal/op"
)

// A userPage is a page of listUsers.
type userPage struct {
	Items []struct {
		ID string `json:"id"`
	} `json:"items"`
	Paging struct {
		Cursors struct {
			After string `json:"after"`
		} `json:"cursors"`
	} `json:"paging"`
}

func (p *userPage) ids() []string {
	var ids []string
	for _, u := range p.Items {
		ids = append(ids, u.ID)
	}
	return ids
}

const firstPage = "/users?tenant_id=" + acme + "&limit=2&allow_deleted=true&include_inactive=true"

func (r *rig) page(path string) *userPage {
	r.t.Helper()
	p := &userPage{}
	ex := r.get(path)
	if ex.Reply.Status != http.StatusOK {
		r.t.Fatalf("%s: %d %s", path, ex.Reply.Status, ex.Reply.Body)
	}
	r.into(ex, p)
	return p
}

// crowded is a rig with some users in the partner.
func crowded(t *testing.T, rules ...string) *rig {
	t.Helper()
	r := newRig(t)
	for _, name := range []string{"one", "two", "three", "four", "five"} {
		body := `{"tenant_id":"` + acme + `","login":"page-` + name + `","contact":{"email":"x@example.com"}}`
		if ex := r.post("/users", body); ex.Reply.Status != http.StatusOK {
			t.Fatalf("create a user: %s", ex.Reply.Body)
		}
	}
	r.put(rules...)
	return r
}

func TestACursorExpires(t *testing.T) {
	t.Parallel()
	r := crowded(t, `{"id":"x","kind":"pagination_shift","match":{"query":{"after":"*"}},"when":{"times":1}}`)
	after := "/users?after=" + r.page(firstPage).Paging.Cursors.After
	broken := r.want(r.get(after), http.StatusBadRequest, op.CauseInjected)
	genuine := r.want(r.get("/users?after=nonsense"), http.StatusBadRequest, op.CauseState)
	if diff := cmp.Diff(string(genuine.Reply.Body), string(broken.Reply.Body)); diff != "" {
		t.Errorf("the refusal is not that of a bad cursor (-want +got):\n%s", diff)
	}
	if got := broken.Request.URL.RequestURI(); got != "/api/2"+after {
		t.Errorf("the request was changed for good: %s", got)
	}
	r.fine(r.get(after))
}

func TestAPageRepeats(t *testing.T) {
	t.Parallel()
	r := crowded(t, `{"id":"x","kind":"pagination_shift","match":{"query":{"after":"*"}},"when":{"times":1},"with":{"mode":"repeat"}}`)
	first := r.page(firstPage)
	second := r.page("/users?after=" + first.Paging.Cursors.After)
	if second.Paging.Cursors.After != first.Paging.Cursors.After {
		t.Fatalf("the second page leads on to %q", second.Paging.Cursors.After)
	}
	again := r.page("/users?after=" + second.Paging.Cursors.After)
	if diff := cmp.Diff(second.ids(), again.ids()); diff != "" {
		t.Errorf("the page that came again (-first +again):\n%s", diff)
	}
	if again.Paging.Cursors.After == second.Paging.Cursors.After {
		t.Error("the page comes for ever, though the rule acts once")
	}
}

func TestTheLastPageRepeats(t *testing.T) {
	t.Parallel()
	r := crowded(t)
	page, before := r.page(firstPage), ""
	for page.Paging.Cursors.After != "" {
		before = page.Paging.Cursors.After
		page = r.page("/users?after=" + before)
	}
	r.put(`{"id":"x","kind":"pagination_shift","with":{"mode":"repeat"}}`)
	last := r.want(r.get("/users?after="+before), 200, op.CauseInjected)
	r.into(last, page)
	if page.Paging.Cursors.After != before || len(page.Items) == 0 {
		t.Errorf("got %s, want the cursor that led here", last.Reply.Body)
	}
}

func TestItemsAreSkipped(t *testing.T) {
	t.Parallel()
	const rule = `{"id":"x","kind":"pagination_shift","with":{"mode":"skip"}}`
	whole := crowded(t).page(firstPage)
	got := crowded(t, rule).page(firstPage)
	if len(got.Items) != len(whole.Items)-1 || !slices.Contains(whole.ids(), got.ids()[0]) {
		t.Errorf("got %v of %v, want one less", got.ids(), whole.ids())
	}
	if got.Paging.Cursors.After != whole.Paging.Cursors.After {
		t.Error("the cursor changed")
	}
	if again := crowded(t, rule).page(firstPage); !slices.Equal(again.ids(), got.ids()) {
		t.Errorf("the same seed left out something else: %v, then %v", got.ids(), again.ids())
	}
	none := crowded(t, `{"id":"x","kind":"pagination_shift","with":{"mode":"skip","items":9}}`).page(firstPage)
	if len(none.Items) != 0 {
		t.Errorf("with more items to skip than there are: %v", none.ids())
	}
}
