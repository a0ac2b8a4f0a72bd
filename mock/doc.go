// Package mock is the Account Management API as an [http.Handler]: worlds, identity provider and all operations,
// wired together. It holds no logic of its own.
//
//	srv, err := mock.New(ctx, mock.Config{})
//	if err != nil {
//		return err
//	}
//	defer srv.Close()
//	http.ListenAndServe("127.0.0.1:8080", srv)
//
// In a test, [Start] does all of it, and hands out what a test needs: clients with tokens, forks of the world, faults, the
// clock and the journal.
//
//	srv := mock.Start(t)
//	client := mycloud.New(srv.URL, srv.Client(t, mock.Partner))
//	srv.Fault(t, mock.Rule{Kind: "error", When: mock.When{Times: 1}, With: []byte(`{"status": 503}`)})
//
// A Config's zero value is the demo world in memory. Close commits what is queued; nothing acknowledged is lost.
package mock
