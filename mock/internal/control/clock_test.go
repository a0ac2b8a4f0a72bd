package control_test

import "testing"

func TestTheClockIsMoved(t *testing.T) {
	t.Parallel()
	p := start(t)
	path := p.sandbox(t, object{"clock": object{"set": "2030-01-01T00:00:00Z", "freeze": true}}) + "/clock"
	for _, tt := range []struct {
		claim  string
		change object
		now    string
		scale  float64
	}{
		{"it is advanced", object{"advance": "90m"}, "2030-01-01T01:30:00Z", 0},
		{"it is set", object{"set": "2030-02-01T00:00:00+02:00"}, "2030-01-31T22:00:00Z", 0},
		{"it is set, then advanced", object{"set": "2030-02-01T00:00:00Z", "advance": "1s"}, "2030-02-01T00:00:01Z", 0},
		{"it stays where it is frozen", object{"freeze": true}, "2030-02-01T00:00:01Z", 0},
	} {
		got := p.do(t, "PUT", path, tt.change).want(200).object()
		if got["now"] != tt.now || got["scale"] != tt.scale || got["frozen"] != (tt.scale == 0) {
			t.Errorf("%s: %v", tt.claim, got)
		}
	}
	if got := p.do(t, "PUT", path, object{"scale": 60}).want(200).object(); got["scale"] != 60.0 || got["frozen"] != false {
		t.Errorf("after scale 60 the clock is %v", got)
	}
	if got := p.do(t, "PUT", path, object{"real": true}).want(200).object(); got["scale"] != 1.0 {
		t.Errorf("after real the clock is %v", got)
	}
}

func TestClockChangesThatAreRefused(t *testing.T) {
	t.Parallel()
	p := start(t)
	path := p.sandbox(t, object{"clock": object{"set": "2030-01-01T00:00:00Z", "freeze": true}}) + "/clock"
	for name, tt := range map[string]struct {
		change any
		says   string
	}{
		"nothing at all":           {object{}, "member"},
		"the past":                 {object{"set": "2029-12-31T23:59:59Z"}, "backwards"},
		"a negative advance":       {object{"advance": "-1h"}, "/advance must be a length of time"},
		"freeze: false":            {object{"freeze": false}, "must be one of true"},
		"a scale of 0":             {object{"scale": 0}, "/scale"},
		"two paces":                {object{"scale": 2, "real": true}, "one pace"},
		"a member that is unknown": {object{"advanse": "1h"}, "did you mean advance?"},
		"no body":                  {nil, "required"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p.do(t, "PUT", path, tt.change).refused(400, tt.says)
		})
	}
}
