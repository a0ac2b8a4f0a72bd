package store

import "errors"

// The errors that an engine wraps; test with errors.Is.
var (
	// ErrConflict: the changes do not follow the sequence that the world is at.
	ErrConflict = errors.New("sequence conflict")
	// ErrExists: the world to create is already there.
	ErrExists = errors.New("world exists")
	// ErrNotFound: there is no such world.
	ErrNotFound = errors.New("world not found")
	// ErrInvalid: no engine would take this batch, whatever its worlds hold.
	ErrInvalid = errors.New("invalid batch")
	// ErrClosed: the engine, or the stage, was closed before.
	ErrClosed = errors.New("store is closed")
	// ErrFailed: an earlier write broke off and may or may not have reached the
	// disk. The engine takes no more writes; opening it again settles the matter.
	ErrFailed = errors.New("store failed and must be reopened")
	// ErrLocked: another process has the data file open.
	ErrLocked = errors.New("data file is in use by another process")
	// ErrNewer: the data file was written by a newer version of the program.
	ErrNewer = errors.New("data file is of a newer version")
	// ErrForeign: the file is not one of ours, or is damaged.
	ErrForeign = errors.New("not a usable data file")
)
