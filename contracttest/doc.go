// Package contracttest replays scenarios against any endpoint of the Account Management API and judges every answer by
// the OpenAPI document. It is a black box: it knows the target by its URL only, be it the mock or the real cloud.
//
//	func TestContract(t *testing.T) {
//		contracttest.Run(t, contracttest.Config{
//			Target:       "http://127.0.0.1:8080",
//			ClientID:     os.Getenv("CLIENT_ID"),
//			ClientSecret: os.Getenv("CLIENT_SECRET"),
//			Scenarios:    os.DirFS("scenarios"),
//			AllowWrites:  true,
//		})
//	}
//
// It promises that a scenario file with a mistake is refused before anything is sent, that nothing is changed on the target
// unless writes are allowed, that what was created is removed again, that what could not be run is never a pass, and that
// no secret gets into a report.
//
// Package arazzo says what scenario files may hold, package run how they are executed, package report what comes of it.
package contracttest
