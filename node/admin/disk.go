package admin

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
)

// disk is what durable needs of a directory. Names are those of files in it.
type disk interface {
	read(name string) ([]byte, error)
	// create makes a file for its owner only, or empties the one that is there.
	create(name string) (diskFile, error)
	rename(from, to string) error
	remove(name string) error
	// sync makes what was created, renamed and removed outlast a crash.
	sync() error
}

type diskFile interface {
	io.WriteCloser
	// Sync makes what was written outlast a crash.
	Sync() error
}

// folder is a directory of the real file system.
type folder string

func (f folder) path(name string) string { return filepath.Join(string(f), name) }

func (f folder) read(name string) ([]byte, error) { return os.ReadFile(f.path(name)) }

func (f folder) create(name string) (diskFile, error) {
	return os.OpenFile(f.path(name), os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
}

func (f folder) rename(from, to string) error { return os.Rename(f.path(from), f.path(to)) }

func (f folder) remove(name string) error { return os.Remove(f.path(name)) }

func (f folder) sync() error {
	if runtime.GOOS == "windows" {
		return nil // directories cannot be synced there
	}
	d, err := os.Open(string(f))
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// replace puts content under a name, durably. After a crash at any moment there is
// the old content or the new one; after an error the old one, as far as the disk lets
// itself be written at all.
func replace(d disk, name string, old, content []byte) error {
	if err := write(d, name+".tmp", content); err != nil {
		d.remove(name + ".tmp") //nolint:errcheck // it is emptied by the next write
		return err
	}
	if err := d.rename(name+".tmp", name); err != nil {
		d.remove(name + ".tmp") //nolint:errcheck // as above
		return err
	}
	err := d.sync()
	if err == nil {
		return nil
	}
	// The new content is there, but nobody can say for how long. Whoever asked is told
	// that nothing has changed, so it has to go.
	return errors.Join(err, restore(d, name, old))
}

// Replace puts content into a file of a directory, for its owner only and durably: after a crash at any moment there is
// what was there before or the new content.
func Replace(dir, name string, content []byte) error {
	d := folder(dir)
	old, err := d.read(name)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return replace(d, name, old, content)
}

// restore puts back what was there before; nil is no file.
func restore(d disk, name string, old []byte) error {
	if old == nil {
		return d.remove(name)
	}
	if err := write(d, name+".tmp", old); err != nil {
		return err
	}
	return d.rename(name+".tmp", name)
}

// write makes a file of this content and waits until the disk has it.
func write(d disk, name string, content []byte) error {
	f, err := d.create(name)
	if err != nil {
		return err
	}
	_, err = f.Write(content)
	if err == nil {
		err = f.Sync()
	}
	return errors.Join(err, f.Close())
}

// reason leaves out of a file's error which file it is, where the message around it
// says so.
func reason(err error) error {
	if path, ok := errors.AsType[*fs.PathError](err); ok {
		return path.Err
	}
	if link, ok := errors.AsType[*os.LinkError](err); ok {
		return link.Err
	}
	return err
}
