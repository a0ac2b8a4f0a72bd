package state_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/internal/store"
	"github.com/tenantry/tenantry/mock/internal/store/memory"
	"github.com/tenantry/tenantry/mock/internal/store/storetest"
)

func TestAReplacedWorldIsThatOfTheSnapshot(t *testing.T) {
	t.Parallel()
	for name, start := range map[string]func(*testing.T) *state.World{
		"in memory": func(t *testing.T) *state.World { t.Helper(); return inMemory(t, frozen()) },
		"durable":   func(t *testing.T) *state.World { t.Helper(); return durable(t, memory.New()) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := start(t)
			base := w.Snapshot()
			was := dump(w.View(t.Context()))
			update(t, w, addUser(1))
			update(t, w, rename(partner, "Renamed"))
			if err := w.Replace(t.Context(), nil, base, func() {}); err != nil {
				t.Fatalf("replace: %v", err)
			}
			if diff := cmp.Diff(was, dump(w.View(t.Context()))); diff != "" {
				t.Errorf("after going back (-was +is):\n%s", diff)
			}
			update(t, w, addUser(2)) // the world goes on
			if got := w.View(t.Context()).Seq(); got != base.Seq()+1 {
				t.Errorf("the next change has the sequence %d, want %d", got, base.Seq()+1)
			}
		})
	}
}

func TestAReplacedDurableWorldIsStored(t *testing.T) {
	t.Parallel()
	engine := memory.New()
	w := durable(t, engine)
	was, seq := rows(t, engine)
	base := w.Snapshot()
	update(t, w, addUser(1))
	if err := w.Replace(t.Context(), []byte("meta"), base, func() {}); err != nil {
		t.Fatalf("replace: %v", err)
	}
	is, now := rows(t, engine)
	if diff := cmp.Diff(was, is); diff != "" || seq != now {
		t.Errorf("stored at sequence %d, was %d (-was +is):\n%s", now, seq, diff)
	}
}

func TestAWorldWhoseReplacementCannotBeStoredStaysAsItIs(t *testing.T) {
	t.Parallel()
	engine := memory.New()
	w := durable(t, engine)
	base := w.Snapshot()
	update(t, w, rename(partner, "Renamed"))
	if err := engine.Close(); err != nil {
		t.Fatal(err)
	}
	if err := w.Replace(t.Context(), nil, base, func() {}); !errors.Is(err, store.ErrClosed) {
		t.Errorf("replace: got %v, want ErrClosed", err)
	}
	if got := nameOf(t, w.View(t.Context()), partner); got != "Renamed" {
		t.Errorf("the world shows %q, want what it showed before", got)
	}
}

func TestAWorldIsReplacedWhileItsCommitsFail(t *testing.T) {
	t.Parallel()
	w := durable(t, storetest.Failing(memory.New(), 1))
	base := w.Snapshot()
	failed := make(chan error, 8)
	for n := range cap(failed) {
		go func() { failed <- w.Update(background(), addUser(n)) }()
	}
	_ = w.Replace(t.Context(), nil, base, func() {}) // before the failure it does, after it it is refused; it never hangs
	refused := 0
	for range cap(failed) {
		if <-failed != nil {
			refused++
		}
	}
	if refused == 0 {
		t.Error("the engine fails, but no writer is told")
	}
	if w.Update(t.Context(), addUser(99)) == nil && w.Update(t.Context(), addUser(98)) == nil && w.Update(t.Context(), addUser(97)) == nil {
		t.Error("the engine fails, but the world takes writes")
	}
}

func TestARetiredWorldTakesNoWrites(t *testing.T) {
	t.Parallel()
	engine := memory.New()
	w := durable(t, engine)
	gone := errors.New("gone")
	if err := w.Retire(t.Context(), gone); err != nil {
		t.Fatalf("retire: %v", err)
	}
	if err := w.Update(t.Context(), addUser(1)); !errors.Is(err, gone) {
		t.Errorf("update: got %v, want the cause", err)
	}
	worlds, err := engine.Worlds(t.Context())
	if err != nil || len(worlds) != 0 {
		t.Errorf("the engine holds %v, %v, want nothing", worlds, err)
	}
}

func TestDiffNamesWhatWasAddedRemovedAndChanged(t *testing.T) {
	t.Parallel()
	w := inMemory(t, frozen())
	update(t, w, addUser(1))
	before := w.Snapshot()
	update(t, w, addUser(2))
	update(t, w, rename(partner, "Renamed"))
	after := w.Snapshot()
	changes := func(a, b state.Snapshot) map[string]string {
		list, more, err := a.Diff(b, 100)
		if err != nil || more {
			t.Fatalf("diff: more %v, %v", more, err)
		}
		found := map[string]string{}
		for _, d := range list {
			if d.Table == "users" || d.Table == "tenants" {
				found[d.Table+"/"+d.Key] = d.Change
			}
		}
		return found
	}
	users, partners := "users/"+string(userID(2)), "tenants/"+string(partner)
	if diff := cmp.Diff(map[string]string{users: state.Added, partners: state.Changed}, changes(before, after)); diff != "" {
		t.Errorf("forwards (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(map[string]string{users: state.Removed, partners: state.Changed}, changes(after, before)); diff != "" {
		t.Errorf("backwards (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(map[string]string{}, changes(after, after)); diff != "" {
		t.Errorf("with itself (-want +got):\n%s", diff)
	}
	list, more, err := before.Diff(after, 1)
	if len(list) != 1 || !more || err != nil {
		t.Errorf("a limit of 1 gives %d, more %v, %v", len(list), more, err)
	}
}

func export(t testing.TB, s state.Snapshot) string {
	t.Helper()
	var text bytes.Buffer
	if err := s.Export(&text); err != nil {
		t.Fatalf("export: %v", err)
	}
	return text.String()
}

func TestAnImportedStateIsTheExportedOne(t *testing.T) {
	t.Parallel()
	w := inMemory(t, frozen())
	update(t, w, addUser(1))
	text := export(t, w.Snapshot())
	again, err := state.Import(strings.NewReader(text))
	if err != nil {
		t.Fatalf("import: %v", err)
	}
	if diff := cmp.Diff(text, export(t, again)); diff != "" {
		t.Errorf("exported again (-want +got):\n%s", diff)
	}
	other := state.NewWorld(config(frozen(), nil), again)
	if diff := cmp.Diff(dump(w.View(t.Context())), dump(other.View(t.Context()))); diff != "" {
		t.Errorf("the world (-exported +imported):\n%s", diff)
	}
	if _, ok := other.View(t.Context()).UserByLogin("user1"); !ok {
		t.Error("the index of logins does not find the imported user")
	}
}

func TestAStateThatDoesNotFitIsRefused(t *testing.T) {
	t.Parallel()
	text := export(t, inMemory(t, frozen()).Snapshot())
	for name, tt := range map[string]struct{ text, want string }{
		"cut off":           {text[:len(text)/2], "ends too early"},
		"of another format": {strings.Replace(text, "tenantry-state/1", "tenantry-state/9", 1), `its format is "tenantry-state/9"`},
		"an unknown table":  {strings.Replace(text, `"users":[`, `"people":[`, 1), `table "people" is not known; there are`},
		"an unknown member": {strings.Replace(text, `"seq"`, `"sequence"`, 1), `member "sequence" is not known`},
		"a lost parent":     {strings.ReplaceAll(text, `{"id":"`+string(partner)+`"`, `{"id":"x"`), "which is not there"},
		"something after":   {text + "{}", "something after its end"},
		"no object":         {`[]`, "found ["},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if tt.text == text {
				t.Fatal("the case changes nothing")
			}
			_, err := state.Import(strings.NewReader(tt.text))
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v, want %q in it", err, tt.want)
			}
		})
	}
}

// FuzzImport holds that no text breaks the reader, and that what it takes can be written and read again.
func FuzzImport(f *testing.F) {
	f.Add(export(f, inMemory(f, frozen()).Snapshot()))
	f.Add(`{"format":"tenantry-state/1","tables":{"users":[{}]}}`)
	f.Fuzz(func(t *testing.T, text string) {
		s, err := state.Import(strings.NewReader(text))
		if err != nil {
			return
		}
		once := export(t, s)
		again, err := state.Import(strings.NewReader(once))
		if err != nil {
			t.Fatalf("what was taken is refused: %v", err)
		}
		if diff := cmp.Diff(once, export(t, again)); diff != "" {
			t.Errorf("written again (-first +second):\n%s", diff)
		}
	})
}
