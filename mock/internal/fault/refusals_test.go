package fault_test

// A refusal is a rule that is wrong in one way.
type refusal struct {
	rule    string
	pointer string
	detail  string // a part of it
}

var wrongRules = map[string]refusal{
	"no object":                     {`[]`, "", "must be an object, not array"},
	"no JSON":                       {`{"id"`, "", "unexpected end"},
	"a typo in a member":            {`{"id":"a","kind":"error","macth":{}}`, "/macth", `did you mean "match"?`},
	"a typo within match":           {`{"id":"a","kind":"error","match":{"operaton":"x"}}`, "/match/operaton", `"operation"`},
	"a typo within when":            {`{"id":"a","kind":"error","when":{"time":1}}`, "/when/time", `"times"`},
	"a typo within with":            {`{"id":"a","kind":"error","with":{"staus":500}}`, "/with/staus", `"status"`},
	"a typo deep within":            {`{"id":"a","kind":"delay","with":{"lognormal":{"mediam":"1s"}}}`, "/with/lognormal/mediam", `"median"`},
	"a member of the wrong type":    {`{"id":"a","kind":"error","when":{"times":"2"}}`, "/when/times", "must be an integer, not string"},
	"a null":                        {`{"id":"a","kind":"error","when":null}`, "/when", "leave it out"},
	"a fraction where none fits":    {`{"id":"a","kind":"error","when":{"times":1.5}}`, "/when/times", "must be an integer"},
	"no id":                         {`{"kind":"error"}`, "/id", "is required"},
	"an id that is no path segment": {`{"id":"a/b","kind":"error"}`, "/id", "letters"},
	"no kind":                       {`{"id":"a"}`, "/kind", "is required"},
	"an unknown kind":               {`{"id":"a","kind":"eror"}`, "/kind", `did you mean "error"?`},
	"an unknown operation":          {`{"id":"a","kind":"error","match":{"operation":"listUser"}}`, "/match/operation", "listUsers"},
	"an unknown phase":              {`{"id":"a","kind":"error","phase":"during"}`, "/phase", "before or after"},
	"a phase that the kind lacks":   {`{"id":"a","kind":"truncate","phase":"before"}`, "/phase", "acts after"},
	"a match by status":             {`{"id":"a","kind":"error","match":{"status":"404"}}`, "/match/status", "about the answer"},
	"a match by cause":              {`{"id":"a","kind":"error","match":{"cause":"spec"}}`, "/match/cause", "about the answer"},
	"a match by fault":              {`{"id":"a","kind":"error","match":{"fault":"b"}}`, "/match/fault", "about the answer"},
	"an operation without the method": {
		`{"id":"a","kind":"error","match":{"operation":"listUsers","method":"POST"}}`, "/match", "no operation",
	},
	"a kind that is about others": {
		`{"id":"a","kind":"pagination_shift","match":{"operation":"createUser"}}`, "/match", "reaches no operation",
	},
	"parameters for a kind without": {`{"id":"a","kind":"empty_response","with":{}}`, "/with", "takes no parameters"},
}

var wrongConditions = map[string]refusal{
	"negative times":             {`{"id":"a","kind":"error","when":{"times":-1}}`, "/when/times", "negative"},
	"negative after":             {`{"id":"a","kind":"error","when":{"after":-1}}`, "/when/after", "negative"},
	"negative every":             {`{"id":"a","kind":"error","when":{"every":-1}}`, "/when/every", "negative"},
	"negative max_active":        {`{"id":"a","kind":"error","when":{"max_active":-1}}`, "/when/max_active", "negative"},
	"a negative ttl":             {`{"id":"a","kind":"error","when":{"ttl":"-1s"}}`, "/when/ttl", "negative"},
	"a ttl without unit":         {`{"id":"a","kind":"error","when":{"ttl":"30"}}`, "/when/ttl", "no length of time"},
	"a ttl as a number":          {`{"id":"a","kind":"error","when":{"ttl":30}}`, "/when/ttl", "must be a text"},
	"a probability over 1":       {`{"id":"a","kind":"error","when":{"probability":1.1}}`, "/when/probability", "between 0 and 1"},
	"a probability below 0":      {`{"id":"a","kind":"error","when":{"probability":-0.1}}`, "/when/probability", "between 0 and 1"},
	"every of nothing":           {`{"id":"a","kind":"error","when":{"every":2,"probability":0}}`, "/when/every", "no effect"},
	"an unknown per":             {`{"id":"a","kind":"error","when":{"per":"user"}}`, "/when/per", "rule, client or resource"},
	"a window without sides":     {`{"id":"a","kind":"error","when":{"window":{}}}`, "/when/window", "from, to"},
	"a window that is no time":   {`{"id":"a","kind":"error","when":{"window":{"from":"now"}}}`, "/when/window/from", "parsing time"},
	"a window that is backwards": {`{"id":"a","kind":"error","when":{"window":{"from":"2026-01-02T00:00:00Z","to":"2026-01-01T00:00:00Z"}}}`, "/when/window/to", "later than from"},
}

var wrongParameters = map[string]refusal{
	"a status that is no error":        {`{"id":"a","kind":"error","with":{"status":200}}`, "/with/status", "400 to 599"},
	"a wait that is not told":          {`{"id":"a","kind":"retry_after","with":{"form":"absent","after":"1s"}}`, "/with/after", "leave it out"},
	"an unknown form":                  {`{"id":"a","kind":"retry_after","with":{"form":"date"}}`, "/with/form", "http_date"},
	"a status without Retry-After":     {`{"id":"a","kind":"retry_after","with":{"status":500}}`, "/with/status", "429 or 503"},
	"a quota without window":           {`{"id":"a","kind":"rate_limit","with":{"limit":1}}`, "/with/window", "is required"},
	"a quota without limit":            {`{"id":"a","kind":"rate_limit","with":{"window":"1s"}}`, "/with/limit", "is required"},
	"a burst without bucket":           {`{"id":"a","kind":"rate_limit","with":{"limit":1,"window":"1s","burst":2}}`, "/with/burst", "token_bucket"},
	"an outage without end":            {`{"id":"a","kind":"outage"}`, "/with/for", "is required"},
	"an outage that is no error":       {`{"id":"a","kind":"outage","with":{"for":"1s","status":404}}`, "/with/status", "500 to 599"},
	"a degradation of nothing":         {`{"id":"a","kind":"degradation","with":{"ramp":"1s"}}`, "/with", "either probability"},
	"a degradation of everything":      {`{"id":"a","kind":"degradation","with":{"ramp":"1s","delay":"1s","probability":1}}`, "/with", "either probability"},
	"two probabilities":                {`{"id":"a","kind":"degradation","when":{"probability":1},"with":{"ramp":"1s","probability":1}}`, "/when/probability", "by itself"},
	"no distribution":                  {`{"id":"a","kind":"delay"}`, "/with", "exactly one"},
	"two distributions":                {`{"id":"a","kind":"delay","with":{"fixed":"1s","pareto":{"min":"1s","shape":2}}}`, "/with", "exactly one"},
	"a range that is backwards":        {`{"id":"a","kind":"delay","with":{"uniform":{"min":"2s","max":"1s"}}}`, "/with/uniform/max", "more than min"},
	"a median without sigma":           {`{"id":"a","kind":"delay","with":{"lognormal":{"median":"1s"}}}`, "/with/lognormal/sigma", "more than 0"},
	"a mean without deviation":         {`{"id":"a","kind":"delay","with":{"normal":{"mean":"1s"}}}`, "/with/normal/deviation", "fixed"},
	"a tail without shape":             {`{"id":"a","kind":"delay","with":{"pareto":{"min":"1s"}}}`, "/with/pareto/shape", "more than 0"},
	"an empty table":                   {`{"id":"a","kind":"delay","with":{"quantiles":[]}}`, "/with/quantiles", "at least one"},
	"a table that goes back":           {`{"id":"a","kind":"delay","with":{"quantiles":[{"p":0.5,"delay":"2s"},{"p":0.4,"delay":"3s"}]}}`, "/with/quantiles/1/p", "more than"},
	"a delay of a day":                 {`{"id":"a","kind":"delay","with":{"fixed":"24h"}}`, "/with/fixed", "0s to 1h"},
	"no bytes at a time":               {`{"id":"a","kind":"slow_response","with":{"chunk":0}}`, "/with/chunk", "at least 1"},
	"a slow upload of a client":        {`{"id":"a","kind":"slow_request_read","match":{"client":"c"}}`, "/match/client", "body has been read"},
	"a slow upload by its body":        {`{"id":"a","kind":"slow_request_read","match":{"body":{"$.a":1}}}`, "/match/body", "body has been read"},
	"slow uploads counted by client":   {`{"id":"a","kind":"slow_request_read","when":{"per":"client"}}`, "/when/per", "body has been read"},
	"half of a body that is not there": {`{"id":"a","kind":"stall","phase":"before","with":{"sent":"half"}}`, "/with/sent", "must be nothing"},
	"a reset within no body":           {`{"id":"a","kind":"connection_reset","with":{"after_bytes":5}}`, "/with/after_bytes", `"phase": "after"`},
	"a limit below nothing":            {`{"id":"a","kind":"limit_data","with":{"bytes":-1}}`, "/with/bytes", "negative"},
	"both ways to truncate":            {`{"id":"a","kind":"truncate","with":{"keep":0.5,"missing":1}}`, "/with", "either"},
	"a truncation that keeps all":      {`{"id":"a","kind":"truncate","with":{"keep":1}}`, "/with/keep", "less than 1"},
	"an unknown mode":                  {`{"id":"a","kind":"malformed_body","with":{"mode":"xml"}}`, "/with/mode", "broken_json"},
	"a proxy's 500":                    {`{"id":"a","kind":"wrong_content_type","with":{"status":500}}`, "/with/status", "200 or 502"},
	"an unknown drift":                 {`{"id":"a","kind":"schema_drift","with":{"mode":"enum"}}`, "/with/mode", "unknown_enum"},
	"a header of the connection":       {`{"id":"a","kind":"duplicate_header","with":{"name":"content-length"}}`, "/with/name", "connection"},
	"a header with a line break":       {`{"id":"a","kind":"duplicate_header","with":{"value":"a\nb"}}`, "/with/value", "printable"},
	"a header that is no name":         {`{"id":"a","kind":"duplicate_header","with":{"name":"a b"}}`, "/with/name", "name of a header"},
	"a size over the bound":            {`{"id":"a","kind":"oversize","with":{"body_bytes":16777217}}`, "/with/body_bytes", "16 MiB"},
	"no size":                          {`{"id":"a","kind":"oversize"}`, "/with", "header_bytes"},
}
