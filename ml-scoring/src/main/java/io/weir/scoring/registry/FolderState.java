package io.weir.scoring.registry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;

/** The state of all files of a model, which shows a change without reading the files. */
record FolderState(List<Stamp> files) {
  private static final FileTime NEVER = FileTime.fromMillis(0);

  FolderState {
    files = List.copyOf(files);
  }

  /** The state of one file; a file that is not there has the size -1. */
  record Stamp(Object fileKey, long size, FileTime modified) {}

  static FolderState of(Path folder, ModelKind kind) throws IOException {
    var files = new ArrayList<Stamp>();
    for (String name : kind.files()) {
      files.add(stamp(folder.resolve(name)));
    }
    return new FolderState(files);
  }

  /** Whether the folder has the file without which there is no model. */
  boolean hasModel() {
    return files.get(ModelFiles.NAMES.indexOf(ModelFiles.MODEL)).size() >= 0;
  }

  private static Stamp stamp(Path file) throws IOException {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      Object key = attributes.fileKey();
      return new Stamp(key == null ? file : key, attributes.size(), attributes.lastModifiedTime());
    } catch (NoSuchFileException _) {
      return new Stamp(file, -1, NEVER);
    }
  }
}
