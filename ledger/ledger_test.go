package ledger_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/ledger"
	"github.com/tenantry/tenantry/openapi"
)

func entry(operation string, at ledger.Endpoint, verdict ledger.Verdict, day int, statuses ...int) ledger.Entry {
	return ledger.Entry{
		Operation: operation, Endpoint: at, Scenario: "life", Verdict: verdict, Statuses: statuses,
		Target: "https://eu.example", RunID: "run", Time: time.Date(2026, 1, day, 0, 0, 0, 0, time.UTC),
	}
}

func TestTheNewestJudgementIsKept(t *testing.T) {
	t.Parallel()
	old, newer := entry("getUser", ledger.Cloud, ledger.Proven, 1, 200), entry("getUser", ledger.Cloud, ledger.Refuted, 2, 500)
	for name, order := range map[string][]ledger.Entry{"in order": {old, newer}, "the other way round": {newer, old}} {
		var l ledger.Ledger
		l.Record(order...)
		if diff := cmp.Diff([]ledger.Entry{newer}, l.Entries()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestEndpointsAndScenariosAreKeptApart(t *testing.T) {
	t.Parallel()
	cloud, mock := entry("getUser", ledger.Cloud, ledger.Proven, 1, 200), entry("getUser", ledger.Mock, ledger.Proven, 1, 200)
	other := mock
	other.Scenario = "a first one"
	var l ledger.Ledger
	me := entry("getMe", ledger.Mock, ledger.Proven, 1)
	l.Record(cloud, mock, other, me)
	doc, err := openapi.Load()
	if err != nil {
		t.Fatal(err)
	}
	want := map[string][]ledger.Entry{"getUser": {other, mock, cloud}, "getMe": {me}}
	for _, o := range l.Operations(doc) {
		if diff := cmp.Diff(append([]ledger.Entry{}, want[o.ID]...), o.Proofs); diff != "" {
			t.Errorf("%s (-want +got):\n%s", o.ID, diff)
		}
		delete(want, o.ID)
	}
	if len(want) > 0 {
		t.Errorf("operations are not listed: %v", want)
	}
}

func TestAStandingSumsUpOneKindOfEndpoint(t *testing.T) {
	t.Parallel()
	first, second := entry("getUser", ledger.Mock, ledger.Proven, 1, 404, 200), entry("getUser", ledger.Mock, ledger.Proven, 5, 200, 401)
	refuted := entry("getUser", ledger.Mock, ledger.Refuted, 7, 500)
	got := ledger.Stand([]ledger.Entry{first, second, refuted, entry("getUser", ledger.Cloud, ledger.Proven, 9, 403)}, ledger.Mock)
	want := ledger.Standing{
		Endpoint: ledger.Mock, Proven: []ledger.Entry{first, second}, Refuted: []ledger.Entry{refuted},
		Statuses: []int{200, 401, 404}, LastProof: "2026-01-05",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Stand (-want +got):\n%s", diff)
	}
}

func TestALedgerIsReadAsItWasWritten(t *testing.T) {
	t.Parallel()
	name := filepath.Join(t.TempDir(), "ledger.json")
	l, err := ledger.Read(name)
	if err != nil || len(l.Entries()) != 0 {
		t.Fatalf("a file that is not there: %v, %v", l.Entries(), err)
	}
	l.Record(entry("getUser", ledger.Cloud, ledger.Proven, 1, 200), entry("getMe", ledger.Mock, ledger.Refuted, 1))
	if err := l.Write(name); err != nil {
		t.Fatal(err)
	}
	again, err := ledger.Read(name)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(l.Entries(), again.Entries()); diff != "" {
		t.Errorf("after reading (-want +got):\n%s", diff)
	}
}

func TestADamagedFileIsRefusedWithThePlace(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"":                            "line 1: EOF",
		"{\n\"format\":1,\n\"x\":1}":  "line 3: json: unknown field \"x\"",
		`{"format":2,"entries":[]}`:   "its format is 2, and this program knows 1",
		`{"format":1,"entries":[]} x`: "line 1: something follows its end",
		`{"format":1,"entries":[{"operation":"getMe","scenario":"s","endpoint":"moon"}]}`:                                            `/entries/0: endpoint "moon" is none of [mock local cloud]`,
		`{"format":1,"entries":[{"scenario":"s"}]}`:                                                                                  "/entries/0: operation is missing",
		`{"format":1,"entries":[{"operation":"getMe","endpoint":"mock"}]}`:                                                           "/entries/0: scenario is missing",
		`{"format":1,"entries":[{"operation":"getMe","scenario":"s","endpoint":"mock","verdict":"so so"}]}`:                          `/entries/0: verdict "so so" is neither proven nor refuted`,
		`{"format":1,"entries":[{"operation":"getMe","scenario":"s","endpoint":"mock","verdict":"proven","statuses":[],"time":""}]}`: "line 1: ",
		`{"format":1,"entries":[{"operation":"getMe","scenario":"s","endpoint":"mock","verdict":"proven"}]}`:                         "/entries/0: time is missing",
	} {
		name := filepath.Join(t.TempDir(), "ledger.json")
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := ledger.Read(name); err == nil || !strings.Contains(err.Error(), "ledger.json is no ledger: "+want) {
			t.Errorf("%s: got %v, want %s", text, err, want)
		}
	}
}

func TestAFileThatCannotBeWrittenStaysAsItIs(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	name := filepath.Join(folder, "taken")
	if err := os.MkdirAll(filepath.Join(name, "inside"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := new(ledger.Ledger).Write(name); err == nil {
		t.Error("a folder was replaced")
	}
	left, err := os.ReadDir(folder)
	if err != nil || len(left) != 1 {
		t.Errorf("%d files are in the folder, want the one that was there (%v)", len(left), err)
	}
}

func TestTheKindOfAnEndpoint(t *testing.T) {
	t.Parallel()
	for target, want := range map[string]ledger.Endpoint{
		"http://localhost:8080": ledger.Local, "http://127.0.0.1:1/s/x": ledger.Local, "http://[::1]:8080": ledger.Local,
		"https://eu-cloud.example": ledger.Cloud, "http://10.0.0.1": ledger.Cloud,
	} {
		if got := ledger.KindOf(target, false); got != want {
			t.Errorf("%s: got %s, want %s", target, got, want)
		}
		if got := ledger.KindOf(target, true); got != ledger.Mock {
			t.Errorf("%s with a control plane: got %s", target, got)
		}
	}
}
