package io.weir.sink.maintenance;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.LocationProvider;
import org.jspecify.annotations.Nullable;

/**
 * A catalog whose tables throw an error at each commit, alternately before and after it takes
 * effect.
 */
final class CrashingCatalog {
  private final Catalog real;
  private int crashes;

  static final class Crash extends Error {
    private static final long serialVersionUID = 1L;

    Crash() {
      super("crash");
    }
  }

  CrashingCatalog(Catalog real) {
    this.real = real;
  }

  int crashes() {
    return crashes;
  }

  Catalog proxy() {
    return (Catalog)
        Proxy.newProxyInstance(
            CrashingCatalog.class.getClassLoader(),
            new Class<?>[] {Catalog.class},
            (_, method, given) -> {
              try {
                return crashing(method.invoke(real, given));
              } catch (InvocationTargetException e) {
                throw e.getCause() == null ? e : e.getCause();
              }
            });
  }

  private @Nullable Object crashing(@Nullable Object answer) {
    return answer instanceof Table table
        ? new BaseTable(new Operations(((BaseTable) table).operations()), table.name())
        : answer;
  }

  private final class Operations implements TableOperations {
    private final TableOperations operations;

    Operations(TableOperations operations) {
      this.operations = operations;
    }

    @Override
    public void commit(TableMetadata base, TableMetadata metadata) {
      if (crashes++ % 2 == 0) {
        operations.commit(base, metadata);
      }
      throw new Crash();
    }

    @Override
    public TableMetadata current() {
      return operations.current();
    }

    @Override
    public TableMetadata refresh() {
      return operations.refresh();
    }

    @Override
    public FileIO io() {
      return operations.io();
    }

    @Override
    public String metadataFileLocation(String name) {
      return operations.metadataFileLocation(name);
    }

    @Override
    public LocationProvider locationProvider() {
      return operations.locationProvider();
    }
  }
}
