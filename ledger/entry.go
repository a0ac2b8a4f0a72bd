package ledger

import (
	"cmp"
	"errors"
	"fmt"
	"net"
	"net/url"
	"slices"
	"time"
)

// An Endpoint is a kind of endpoint.
type Endpoint string

// The kinds of endpoints.
const (
	Mock  Endpoint = "mock"  // a Tenantry server, known by its control plane
	Local Endpoint = "local" // whatever else answers on this machine
	Cloud Endpoint = "cloud" // any other address
)

// Endpoints are the kinds, in the order in which they are shown.
func Endpoints() []Endpoint { return []Endpoint{Mock, Local, Cloud} }

// KindOf is the kind of the endpoint at a URL. Only who asked its control plane knows that one is a mock.
func KindOf(target string, isMock bool) Endpoint {
	if isMock {
		return Mock
	}
	u, err := url.Parse(target)
	if err == nil && (u.Hostname() == "localhost" || net.ParseIP(u.Hostname()).IsLoopback()) {
		return Local
	}
	return Cloud
}

// A Verdict is what a scenario has found of an operation.
type Verdict string

// The verdicts.
const (
	Proven  Verdict = "proven"  // every answer was as the scenario and the document want it
	Refuted Verdict = "refuted" // one was not
)

// An Entry is what one scenario has found of one operation on one kind of endpoint, when it last ran there.
type Entry struct {
	Operation string    `json:"operation"` // operationId
	Endpoint  Endpoint  `json:"endpoint"`
	Scenario  string    `json:"scenario"`
	Verdict   Verdict   `json:"verdict"`
	Statuses  []int     `json:"statuses"` // that were answered, ascending
	Target    string    `json:"target"`   // scheme and host of the endpoint
	RunID     string    `json:"run_id"`
	Time      time.Time `json:"time"` // of the last answer
}

// Check tells what is wrong with an entry that came from outside.
func (e *Entry) Check() error {
	switch {
	case e.Operation == "":
		return errors.New("operation is missing")
	case e.Scenario == "":
		return errors.New("scenario is missing")
	case !slices.Contains(Endpoints(), e.Endpoint):
		return fmt.Errorf("endpoint %q is none of %v", e.Endpoint, Endpoints())
	case e.Verdict != Proven && e.Verdict != Refuted:
		return fmt.Errorf("verdict %q is neither %s nor %s", e.Verdict, Proven, Refuted)
	case e.Time.IsZero():
		return errors.New("time is missing")
	}
	return nil
}

// A key is what there is one entry of.
type key struct {
	operation string
	endpoint  Endpoint
	scenario  string
}

func (e *Entry) key() key { return key{e.Operation, e.Endpoint, e.Scenario} }

func compare(a, b Entry) int {
	return cmp.Or(
		cmp.Compare(a.Operation, b.Operation),
		cmp.Compare(slices.Index(Endpoints(), a.Endpoint), slices.Index(Endpoints(), b.Endpoint)),
		cmp.Compare(a.Scenario, b.Scenario),
	)
}
