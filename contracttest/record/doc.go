// Package record is a validating reverse proxy for the Account Management API that writes what passed as a scenario.
//
//	r := record.New(record.Config{Upstream: upstream, Operations: doc, Transport: transport, Now: now, Out: os.Stdout})
//	err := http.Serve(listener, r)
//	…
//	draft := r.Draft()
//	err = os.WriteFile("recorded.yaml", draft.Text, 0o600)
//
// It promises that requests and answers pass unchanged, hop-by-hop headers, Host and the upstream's address in Location
// aside; that both are judged by the OpenAPI document, in one line of output for each exchange; that an upstream which gives
// no answer becomes a 502 that says why; and that memory is bounded: what exceeds the bounds is forwarded, judged and
// counted, but not kept.
//
// A draft is Arazzo 1.0.1 that package arazzo reads. It holds a text of the session only if the text is known to be
// harmless: a value that the document lists, a word where a word is expected, an id, a time, a number. Values that came out
// of an earlier answer become outputs of its step, secrets become inputs, and everything else, such as e-mails, logins,
// names, phone numbers and hosts, gets a stand-in: the same one for the same value.
//
// It leaves to others: listening, certificates, and judging what the session was about. Bodies are not rewritten, so a
// client that follows the links of the discovery document leaves the proxy.
package record
