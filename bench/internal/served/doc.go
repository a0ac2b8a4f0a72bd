// Package served runs tenantry serve as a process of its own for measuring programs, and speaks to it over HTTP.
//
//	binary, err := served.Build(ctx, folder)
//	s, err := served.Start(ctx, binary, "--data", file)
//	defer s.Stop()
//	took, err := s.Get(ctx, "/users/me", nil)
//
// Servers listen on free ports of the loopback interface only.
package served
