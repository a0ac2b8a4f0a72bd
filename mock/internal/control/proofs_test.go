package control_test

import "testing"

func proof(operation string) object {
	return object{
		"operation": operation, "endpoint": "cloud", "scenario": "life", "verdict": "proven", "statuses": []int{200},
		"target": "https://eu.example", "run_id": "run-1", "time": "2026-01-31T00:00:00Z",
	}
}

func TestProofsStandBesideTheirOperation(t *testing.T) {
	t.Parallel()
	p := start(t)
	p.do(t, "POST", "/operations/proofs", object{"proofs": []object{proof("getUser")}}).want(204)
	var got struct {
		Items []struct {
			ID     string
			Proofs []struct{ Operation, Endpoint, Scenario, Verdict string }
		}
	}
	p.do(t, "GET", "/operations", nil).want(200).into(&got)
	for _, o := range got.Items {
		if proven := len(o.Proofs) == 1 && o.Proofs[0].Scenario == "life"; proven != (o.ID == "getUser") {
			t.Errorf("%s has the proofs %+v", o.ID, o.Proofs)
		}
	}
}

func TestProofsAreTakenAllOrNone(t *testing.T) {
	t.Parallel()
	p := start(t)
	refused := p.do(t, "POST", "/operations/proofs", object{"proofs": []object{proof("getUser"), proof("getUsr")}})
	refused.want(400)
	var got struct {
		Problems []struct{ Pointer string }
	}
	refused.into(&got)
	if len(got.Problems) != 1 || got.Problems[0].Pointer != "/proofs/1/operation" {
		t.Errorf("problems: got %+v, want one at /proofs/1/operation", got.Problems)
	}
	var all struct {
		Items []struct{ Proofs []object }
	}
	p.do(t, "GET", "/operations", nil).want(200).into(&all)
	for _, o := range all.Items {
		if len(o.Proofs) > 0 {
			t.Errorf("proofs were taken in: %+v", o.Proofs)
		}
	}
}
