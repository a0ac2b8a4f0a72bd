// Package scenarios holds the embedded scenario files of the contract runner: what a client may expect of the Account
// Management API, as Arazzo 1.0.1, one file a capability. README.md in this folder says how they are written.
//
//	for _, name := range scenarios.Names() {
//		text, err := fs.ReadFile(scenarios.FS(), name)
//		…
//	}
//
// It promises that
//   - every operation of the reference succeeds in some scenario, and nearly every documented refusal that a client can
//     cause is caused in some other;
//   - a scenario knows no identifier but what it is given and what it read, creates everything below one tenant, under
//     names that carry the run id, and says how to take it down again;
//   - another Arazzo runner comes to the same verdict, but for the files that README.md names.
//
// It is data only: reading and running the files is the work of package contracttest.
package scenarios
