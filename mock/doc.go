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
// A Config's zero value is the demo world in memory. Close commits what is queued; nothing acknowledged is lost.
package mock
