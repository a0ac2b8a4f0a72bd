package inject_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/mock/internal/op"
)

const oneReport = `{"result_action":"save","schedule":{"type":"once"},"parameters":{"tenant_id":"` + acme +
	`","kind":"usage_current","level":"accounts","formats":["csv_v2_0"]}}`

// A stored is a file of a report as the list shows it.
type stored struct {
	ID     string `json:"id"`
	Status string `json:"status"`
	Size   int    `json:"size"`
}

func TestAReportIsStuck(t *testing.T) {
	t.Parallel()
	for mode, want := range map[string][2]string{ // while it is in progress, and when it is saved
		"stuck":  {"in_progress", "in_progress"},
		"failed": {"failed", "failed"},
		"back":   {"", "in_progress"},
	} {
		t.Run(mode, func(t *testing.T) {
			t.Parallel()
			r := newRig(t)
			_, got := r.issue()
			r.token = got.Access // reports want a bearer token
			path := "/reports/" + r.text(r.fine(r.post("/reports", oneReport)), "id") + "/stored"
			cause := op.CauseInjected
			shown := func() stored {
				t.Helper()
				var list struct{ Items []stored }
				r.into(r.want(r.get(path), 200, cause), &list)
				if len(list.Items) == 0 {
					return stored{}
				}
				return list.Items[0]
			}
			r.put(`{"id":"x","kind":"async_stuck","with":{"mode":"` + mode + `"}}`)
			early := shown()
			if err := r.box.Clock.Advance(time.Minute); err != nil {
				t.Fatal(err)
			}
			late := shown()
			if diff := cmp.Diff(want, [2]string{early.Status, late.Status}); diff != "" || late.Size != 0 {
				t.Errorf("states, size %d (-want +got):\n%s", late.Size, diff)
			}
			r.want(r.get(path+"/"+late.ID), http.StatusNotFound, op.CauseInjected)
			r.put()
			cause = op.CauseNone
			if done := shown(); done.Status != "saved" || done.Size == 0 {
				t.Errorf("without the fault: %+v", done)
			}
			r.fine(r.get(path + "/" + late.ID))
		})
	}
}
