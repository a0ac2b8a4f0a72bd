package main

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestAnEntryShowsWhatIsLeftOut(t *testing.T) {
	t.Parallel()
	const entry = `{"n": 7, "method": "POST", "path": "/api/2/users", "time": "2026-11-21T09:00:00.5Z", "world_time": "2030-01-01T00:00:00Z",
		"duration_us": 180, "state": "complete", "delivered": false, "actor": {"kind": "user", "id": "b0", "login": "jane"},
		"request": {"headers": {"B": ["1", "2"], "A": ["x"]}, "query": {"q": ["a b"]}, "body": "{\"a\":", "size": 70000, "truncated": true},
		"response": {"status": 200, "headers": null, "size": 3, "binary": true},
		"faults": [{"rule": "lost", "kind": "lost_ack", "index": 2, "drawn": 0.25}]}`
	want := `entry           7
operation       -
actor           user jane
time            2026-11-21T09:00:00.5Z
in the sandbox  2030-01-01T00:00:00Z
decided after   180 µs
delivered       no
fault           lost (lost_ack), match 2, drawn 0.250

> POST /api/2/users?q=a+b
> A: x
> B: 1
> B: 2
> {"a":… (70000 bytes)

< 200
< (3 bytes that are no text)
`
	got := against(t, answers(200, "application/json", entry), "journal", "show", "7")
	if diff := cmp.Diff(said{out: want}, got, cmp.AllowUnexported(said{})); diff != "" {
		t.Errorf("journal show 7 (-want +got):\n%s", diff)
	}
	waiting := strings.Replace(entry, `"complete"`, `"in_flight"`, 1)
	got = against(t, answers(200, "application/json", waiting), "journal", "show", "7")
	if !strings.HasSuffix(got.out, "\nnot answered yet\n") || strings.Contains(got.out, "decided") {
		t.Errorf("journal show of a request in flight: %s", got.out)
	}
}

// A stream may have comments, ids, and data over several lines; what was given up is told apart from requests.
func TestFollowUnderstandsServerSentEvents(t *testing.T) {
	t.Parallel()
	const stream = ": hello\n\nid: 1\nevent: evicted\ndata: {\"evicted\": 12, \"oldest_kept\": 40}\n\n" +
		"event: request\ndata: {\"n\": 40, \"method\": \"GET\", \"path\": \"/a\", \"time\": \"2026-11-21T09:00:00Z\",\ndata: \"state\": \"in_flight\"}\n\n" +
		"event: complete\r\ndata:{\"n\": 40, \"method\": \"GET\", \"path\": \"/a\", \"time\": \"2026-11-21T09:00:00Z\", \"state\": \"complete\", \"response\": {\"status\": 404}}\r\n\r\n"
	want := said{
		out: "40  09:00:00.000  …  GET  /a  -    -\n40  09:00:00.000  404  GET  /a  -    -\n",
		err: "tenantry: 12 entries were given up before they could be shown\n",
	}
	got := against(t, answers(200, "text/event-stream", stream), "journal", "follow", "--count", "1")
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(said{})); diff != "" {
		t.Errorf("journal follow (-want +got):\n%s", diff)
	}
	want.err += "the server ended the stream: it has stopped, or the sandbox is gone: unexpected EOF"
	want.status = 1
	got = against(t, answers(200, "text/event-stream", stream), "journal", "follow")
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(said{})); diff != "" {
		t.Errorf("journal follow until the end (-want +got):\n%s", diff)
	}
}

func TestADiffNamesTheMembersThatChanged(t *testing.T) {
	t.Parallel()
	const diff = `{"from": "before", "to": "now", "more": true, "counts": {"added": 1, "removed": 1, "changed": 1}, "differences": [
		{"table": "users", "key": "b1", "change": "added", "after": {"id": "b1"}},
		{"table": "users", "key": "b2", "change": "removed", "before": {"id": "b2"}},
		{"table": "tenants", "key": "a1", "change": "changed", "before": {"name": "Old", "v": 1, "x": [1]}, "after": {"name": "New", "v": 1, "y": true}}]}`
	want := said{out: `+ users    b1
- users    b2
~ tenants  a1  name: "Old" -> "New", x: [1] -> none, y: none -> true
1 added, 1 removed, 1 changed from before to now; there are more, raise --limit
`}
	got := against(t, answers(200, "application/json", diff), "sandbox", "diff", "before")
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(said{})); diff != "" {
		t.Errorf("sandbox diff (-want +got):\n%s", diff)
	}
}
