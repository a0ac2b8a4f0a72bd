// Package auth finds out who makes a request and whether they may.
//
// Credentials are a bearer token (or the access_token parameter), HTTP Basic with a client's id and secret or a
// user's login and password, or the session cookie. Identify resolves them and refuses nothing; Require is the gate:
// 401 when they are missing, wrong or of a kind the operation does not list, then 403 when none of the
// operation's scopes is held.
//
// A token is a row of the state found by its jti. Its signature is verified at first sight and remembered; whether it
// still counts is decided by the row alone, so that revocation, disabling, deletion and the clock act at once.
//
// Beside the key that signs there is a second one, to which faults rotate; a token of it counts where its row names that
// key. Mint makes tokens without a login, sound and broken ones: for tests.
package auth
