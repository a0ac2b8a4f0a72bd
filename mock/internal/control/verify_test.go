package control_test

import (
	"net/http"
	"testing"
)

func TestVerification(t *testing.T) {
	t.Parallel()
	p := start(t)
	w := p.world(t, "default")
	asked(w, "createUser", http.StatusOK)
	asked(w, "getUser", http.StatusNotFound)
	create, get := object{"operation": "createUser"}, object{"operation": "getUser"}
	for name, tt := range map[string]struct {
		body     any
		verified bool
	}{
		"nothing asked means at least one":        {nil, true},
		"exactly as often":                        {object{"match": create, "times": object{"exactly": 1}}, true},
		"too often":                               {object{"match": create, "times": object{"at_most": 0}}, false},
		"too rarely":                              {object{"match": create, "times": object{"at_least": 2}}, false},
		"one that did not happen":                 {object{"match": object{"operation": "deleteUser"}}, false},
		"an answer that it had":                   {object{"match": object{"operation": "getUser", "status": "404"}}, true},
		"an answer that it did not have":          {object{"match": object{"operation": "getUser", "status": "200"}}, false},
		"one after another":                       {object{"order": []object{create, get}}, true},
		"the other way round":                     {object{"order": []object{get, create}}, false},
		"before the range":                        {object{"match": create, "after": 1}, false},
		"waiting for what is there already":       {object{"match": create, "wait": "1m"}, true},
		"waiting for what cannot happen any more": {object{"match": create, "times": object{"exactly": 0}, "wait": "1m"}, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := p.do(t, "POST", def+"/verify", tt.body).want(200).object()
			if got["verified"] != tt.verified {
				t.Errorf("the verdict is %v", got)
			}
			if near := got["nearest"].([]any); !tt.verified && len(near) == 0 && name != "before the range" {
				t.Errorf("a failed verification shows nothing near: %v", got)
			}
		})
	}
}

func TestAVerificationWaits(t *testing.T) {
	t.Parallel()
	p := start(t)
	w := p.world(t, "default")
	changed := w.Journal.Changed()
	done := make(chan *answer)
	go func() { done <- p.do(t, "POST", def+"/verify", object{"times": object{"exactly": 2}, "wait": "1m"}) }()
	asked(w, "listUsers", http.StatusOK)
	<-changed
	asked(w, "listUsers", http.StatusOK)
	if got := (<-done).want(200).object(); got["verified"] != true {
		t.Errorf("the verdict is %v", got)
	}
}

func TestAWaitEndsWithTheServer(t *testing.T) {
	t.Parallel()
	p := start(t)
	done := make(chan *answer)
	go func() { done <- p.do(t, "POST", def+"/verify", object{"wait": "10m"}) }()
	p.Stop()
	(<-done).refused(503, "stopping")
}

func TestAnEvictedRangeIsAnErrorAndNoVerdict(t *testing.T) {
	t.Parallel()
	p := start(t)
	for range 1000 {
		asked(p.world(t, "default"), "listUsers", http.StatusOK)
	}
	body := object{"match": object{"operation": "createUser"}, "times": object{"exactly": 0}}
	p.do(t, "POST", def+"/verify", body).refused(409, "given up")
	body["after"] = 999
	if got := p.do(t, "POST", def+"/verify", body).want(200).object(); got["verified"] != true {
		t.Errorf("a range that is kept is %v", got)
	}
}

func TestVerificationsThatAreRefused(t *testing.T) {
	t.Parallel()
	p := start(t)
	for name, tt := range map[string]struct {
		body object
		says string
	}{
		"an unknown operation":       {object{"match": object{"operation": "lstUsers"}}, "/match/operation"},
		"one within the order":       {object{"order": []object{{}, {"tag": "user"}}}, "/order/1/tag"},
		"an unknown member of order": {object{"order": []object{{"opration": "x"}}}, "/order/0/opration is not documented: did you mean operation?"},
		"exactly and at least":       {object{"times": object{"exactly": 1, "at_least": 1}}, "exactly"},
		"a misspelt bound":           {object{"times": object{"atleast": 1}}, "did you mean at_least?"},
		"a wait without a unit":      {object{"wait": "5"}, "such as 250ms"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p.do(t, "POST", def+"/verify", tt.body).refused(400, tt.says)
		})
	}
}
