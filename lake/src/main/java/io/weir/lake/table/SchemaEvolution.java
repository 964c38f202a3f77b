package io.weir.lake.table;

import io.weir.process.StartupException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.Table;
import org.apache.iceberg.UpdateSchema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.TypeUtil;
import org.apache.iceberg.types.Types.NestedField;
import org.apache.iceberg.types.Types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Changes an existing table to the columns of this version, nested ones too. It renames columns by
 * their former names, adds missing columns and widens numbers. Nothing is dropped or narrowed. New
 * columns are optional, because old rows have no value for them. Columns keep their ids, so old
 * files can still be read.
 */
final class SchemaEvolution {
  private final Table table;
  private final UpdateSchema update;
  private final Map<Integer, Set<String>> formerNames;
  private final List<String> changes = new ArrayList<>();

  private SchemaEvolution(Table table, Map<Integer, Set<String>> formerNames) {
    this.table = table;
    this.update = table.updateSchema();
    this.formerNames = formerNames;
  }

  /**
   * Applies the changes and returns them in words. The list is empty if the table has these columns
   * already, or those of a later version.
   */
  static List<String> apply(Table table, TableSpec spec) {
    var evolution = new SchemaEvolution(table, spec.formerNames());
    evolution.struct("", table.schema().asStruct(), spec.schema().asStruct());
    if (!evolution.changes.isEmpty()) {
      evolution.update.commit();
    }
    return evolution.changes;
  }

  private void struct(String parent, StructType have, StructType want) {
    for (NestedField wanted : want.fields()) {
      NestedField found = have.field(wanted.name());
      if (found == null) {
        found = renamed(parent, have, want, wanted);
      }
      if (found == null) {
        add(parent, wanted);
      } else {
        field(parent + found.name(), found, wanted);
      }
    }
    for (NestedField old : have.fields()) {
      if (old.isRequired() && !isKept(old, want)) {
        makeOptional(parent + old.name());
      }
    }
  }

  private boolean isKept(NestedField old, StructType want) {
    return want.field(old.name()) != null
        || want.fields().stream().anyMatch(wanted -> formerly(wanted).contains(old.name()));
  }

  private Set<String> formerly(NestedField wanted) {
    return formerNames.getOrDefault(wanted.fieldId(), Set.of());
  }

  private @Nullable NestedField renamed(
      String parent, StructType have, StructType want, NestedField wanted) {
    for (String name : formerly(wanted)) {
      NestedField found = have.field(name);
      if (found != null && want.field(name) == null) {
        update.renameColumn(parent + name, wanted.name());
        changes.add(parent + name + " is now " + wanted.name());
        return found;
      }
    }
    return null;
  }

  private void add(String parent, NestedField wanted) {
    if (parent.isEmpty()) {
      update.addColumn(wanted.name(), wanted.type(), wanted.doc());
    } else {
      String struct = parent.substring(0, parent.length() - 1);
      update.addColumn(struct, wanted.name(), wanted.type(), wanted.doc());
    }
    changes.add("new " + parent + wanted.name());
  }

  private void field(String name, NestedField have, NestedField want) {
    if (have.isRequired() && want.isOptional()) {
      makeOptional(name);
    }
    type(name, have.type(), want.type());
  }

  private void makeOptional(String name) {
    update.makeColumnOptional(name);
    changes.add(name + " is optional");
  }

  private void type(String name, Type have, Type want) {
    if (have.isPrimitiveType() && want.isPrimitiveType()) {
      primitive(name, have.asPrimitiveType(), want.asPrimitiveType());
    } else if (have.isStructType() && want.isStructType()) {
      struct(name + ".", have.asStructType(), want.asStructType());
    } else if (have.isListType() && want.isListType()) {
      NestedField element = have.asListType().fields().getFirst();
      field(name + ".element", element, want.asListType().fields().getFirst());
    } else if (have.isMapType() && want.isMapType()) {
      NestedField value = have.asMapType().fields().getLast();
      field(name + ".value", value, want.asMapType().fields().getLast());
    } else {
      throw impossible(name, have, want);
    }
  }

  private void primitive(String name, Type.PrimitiveType have, Type.PrimitiveType want) {
    if (have.equals(want) || TypeUtil.isPromotionAllowed(want, have)) {
      return;
    }
    if (!TypeUtil.isPromotionAllowed(have, want)) {
      throw impossible(name, have, want);
    }
    update.updateColumn(name, want);
    changes.add(name + " is " + want);
  }

  private StartupException impossible(String name, Type have, Type want) {
    return new StartupException(
        "column "
            + name
            + " of "
            + table.name()
            + " is "
            + have
            + " and cannot become "
            + want
            + ": rename or drop the column with an engine that writes the table");
  }
}
